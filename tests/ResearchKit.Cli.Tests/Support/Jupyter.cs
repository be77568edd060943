using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>A Jupyter kernel driven by nbconvert; skipped where Jupyter, or the kernel's tool, is missing.</summary>
internal static class Jupyter
{
    /// <summary>Runs the notebook unchanged at smoke scale in the real kernel and gives it executed.</summary>
    internal static async Task<Notebook> ExecuteAsync(string path) => (await ExecuteAsync(path, Official)).Notebook;

    /// <summary>Runs it in a kernel; gives it executed, and the record that its run left.</summary>
    internal static async Task<(Notebook Notebook, JsonObject? Record)> ExecuteAsync(string path, Func<KernelSpec> kernel)
    {
        var jupyter = Programs.Find("jupyter");
        if (jupyter is null || Programs.Find("jupyter-nbconvert") is null) Assert.Skip("no jupyter with nbconvert on the PATH");
        var spec = kernel();
        var folder = Directory.CreateTempSubdirectory("rk-test-jupyter-");
        try
        {
            spec.Write(Path.Combine(folder.FullName, "share", "kernels"));
            var start = new ProcessStartInfo(jupyter, ["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=300", $"--ExecutePreprocessor.kernel_name={spec.Name}", "--output-dir", folder.FullName, "--output", "executed.ipynb", path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            Isolate(start, folder.FullName);
            using var process = Process.Start(start)!;
            var run = await Rk.EndAsync(process);
            Assert.True(run.ExitCode == 0, run.Errors);
            var record = Path.Combine(folder.FullName, "out", $"{Path.GetFileNameWithoutExtension(path)}.smoke.json");
            return (NotebookFile.Read(Path.Combine(folder.FullName, "executed.ipynb")), RunRecordFile.Read(record));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Kernels, settings and results come from and go to this folder alone.</summary>
    internal static void Isolate(ProcessStartInfo start, string folder)
    {
        foreach (var (name, sub) in new[] { ("JUPYTER_PATH", "share"), ("JUPYTER_RUNTIME_DIR", "runtime"), ("JUPYTER_CONFIG_DIR", "config"), ("JUPYTER_DATA_DIR", "data"), ("IPYTHONDIR", "ipython"), ("RESEARCHKIT_OUT", "out") })
        {
            start.Environment[name] = Path.Combine(folder, sub);
        }
        start.Environment["RESEARCHKIT_SCALE"] = "smoke";
        foreach (var name in new[] { "RESEARCHKIT_HOST", "RESEARCHKIT_ROOT", "RESEARCHKIT_CWD" }) start.Environment.Remove(name);
    }

    internal static KernelSpec Official()
    {
        var tool = DotnetInteractiveTool.Find(Repository.Checkout);
        if (tool is null) Assert.Skip("the tool Microsoft.dotnet-interactive is not restored (dotnet tool restore)");
        return KernelSpec.Official(tool, name: null);
    }
}
