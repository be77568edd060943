using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>The tool Microsoft.dotnet-interactive as a Jupyter kernel, driven by nbconvert; skipped where either is missing.</summary>
internal static class Jupyter
{
    /// <summary>Runs the notebook unchanged at smoke scale and gives it executed.</summary>
    internal static async Task<Notebook> ExecuteAsync(string path)
    {
        var jupyter = Programs.Find("jupyter");
        if (jupyter is null || Programs.Find("jupyter-nbconvert") is null) Assert.Skip("no jupyter with nbconvert on the PATH");
        var tool = DotnetInteractiveTool.Find(Repository.Checkout);
        if (tool is null) Assert.Skip("the tool Microsoft.dotnet-interactive is not restored (dotnet tool restore)");
        var folder = Directory.CreateTempSubdirectory("rk-test-jupyter-");
        try
        {
            spec ??= KernelSpec.Official(Tool(), name: null);
            spec.Write(Path.Combine(folder.FullName, "share", "kernels"));
            var start = new ProcessStartInfo(jupyter, ["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=300", "--ExecutePreprocessor.kernel_name=.net-csharp", "--output-dir", folder.FullName, "--output", "executed.ipynb", path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            foreach (var (name, sub) in new[] { ("JUPYTER_PATH", "share"), ("JUPYTER_RUNTIME_DIR", "runtime"), ("JUPYTER_CONFIG_DIR", "config"), ("JUPYTER_DATA_DIR", "data"), ("IPYTHONDIR", "ipython"), ("RESEARCHKIT_OUT", "out") })
            {
                start.Environment[name] = Path.Combine(folder.FullName, sub);
            }
            start.Environment["RESEARCHKIT_SCALE"] = "smoke";
            foreach (var name in new[] { "RESEARCHKIT_HOST", "RESEARCHKIT_ROOT", "RESEARCHKIT_CWD" }) start.Environment.Remove(name);
            using var process = Process.Start(start)!;
            var run = await Rk.EndAsync(process);
            Assert.True(run.ExitCode == 0, run.Errors);
            return NotebookFile.Read(Path.Combine(folder.FullName, "executed.ipynb"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteKernel(string folder, string tool)
    {
        var kernel = new JsonObject
        {
            ["argv"] = new JsonArray("dotnet", DotnetInteractiveTool.App(tool), "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-local-only"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["env"] = new JsonObject { ["DOTNET_gcServer"] = "0", ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1", ["OMP_WAIT_POLICY"] = "PASSIVE" },
        };
        AtomicFile.Write(Path.Combine(folder, "kernel.json"), JsonText.Bytes(kernel, indent: 1));
    }
}
