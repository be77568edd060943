using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>The installed kernel as Jupyter's own programs see it.</summary>
public sealed class FrontEndTests
{
    // All groups but the pager's: its payload is deprecated, and what a cell explains is shown below it.
    private const string KernelTest = """
        import unittest, jupyter_kernel_test

        class ResearchKitTests(jupyter_kernel_test.KernelTests):
            kernel_name = "researchkit"
            language_name = "C#"
            file_extension = ".cs"
            code_hello_world = 'Console.WriteLine("hello, world");'
            code_stderr = 'Console.Error.WriteLine("bad");'
            completion_samples = [{"text": "Console.WriteLi", "matches": {"WriteLine"}}]
            complete_code_samples = ["1", "var x = 1;", "int F(int n) { return n; }"]
            incomplete_code_samples = ["if (true) {", "var x ="]
            invalid_code_samples = ["x y z;"]
            code_generate_error = 'throw new Exception("error");'
            code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": "2 + 5", "result": "7"}, {"code": "3 + 3", "result": "6"}]
            code_display_data = [{"code": 'display(HTML("<b>test</b>"));', "mime": "text/html"}]
            code_history_pattern = "1 ? 2"
            supported_history_operations = ("tail", "range", "search")
            code_inspect_sample = "Console.WriteLine"
            code_clear_output = '#r "KIT/ResearchKit.Interactive.dll"\nResearchKit.Interactive.Kit.ClearOutput();'

        unittest.main(verbosity=2)
        """;

    [Fact]
    public async Task Jupyters_own_kernel_test_passes()
    {
        var python = await Python.WithAsync("jupyter_kernel_test");
        using var folder = new KernelFolder();
        KernelSpec.Own(null).Write(Path.Combine(folder.Path, "share", "kernels"));
        var script = Path.Combine(folder.Path, "kernel_test.py");
        await File.WriteAllTextAsync(script, KernelTest.Replace("KIT", Repository.Checkout.Kit.Replace('\\', '/'), StringComparison.Ordinal));
        var start = new ProcessStartInfo(python, [script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        Jupyter.Isolate(start, folder.Path);
        using var process = Process.Start(start)!;
        var run = await Rk.EndAsync(process);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("Ran 12 tests", run.Errors, StringComparison.Ordinal);
        Assert.Contains("OK (skipped=1)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_and_uninstall_write_and_remove_one_folder()
    {
        using var folder = new KernelFolder();
        var install = await Rk.RunAsync(Repository.Checkout.Root, "kernel", "install", "--prefix", folder.Path, "--name", "mine");
        Assert.True(install.ExitCode == 0, install.Errors);
        var installed = Path.Combine(folder.Path, "share", "jupyter", "kernels", "mine");
        Assert.Equal(["kernel.json", "logo-32x32.png", "logo-64x64.png"], Directory.GetFiles(installed).Select(Path.GetFileName).Order());
        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(installed, "kernel.json")))!;
        Assert.Equal(("ResearchKit (C#)", "C#", "message", "0", "PASSIVE"), ((string?)spec["display_name"], (string?)spec["language"], (string?)spec["interrupt_mode"], (string?)spec["env"]!["DOTNET_gcServer"], (string?)spec["env"]!["OMP_WAIT_POLICY"]));
        Assert.All(spec["argv"]!.AsArray().Take(1).Append(spec["argv"]![2]), path => Assert.True(Path.IsPathFullyQualified((string)path!) && File.Exists((string)path!)));

        Assert.Equal(0, (await Rk.RunAsync(Repository.Checkout.Root, "kernel", "uninstall", "--prefix", folder.Path, "--name", "mine")).ExitCode);
        Assert.False(Directory.Exists(installed));
        var again = await Rk.RunAsync(Repository.Checkout.Root, "kernel", "uninstall", "--prefix", folder.Path, "--name", "mine");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("nothing to uninstall", again.Errors, StringComparison.Ordinal);
        Assert.Contains("expected letters, digits", (await Rk.RunAsync(Repository.Checkout.Root, "kernel", "install", "--name", "../x")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ip":"0.0.0.0"}""", "an address of this machine alone")]
    [InlineData("""{"transport":"ipc"}""", "expected \"tcp\"")]
    [InlineData("""{"ip":"127.0.0.1"}""", "shell_port missing; expected a port")]
    [InlineData("{", "is not JSON")]
    public async Task A_connection_file_that_cannot_be_served_is_named(string json, string message)
    {
        using var folder = new KernelFolder();
        var path = Path.Combine(folder.Path, "connection.json");
        await File.WriteAllTextAsync(path, json);
        var run = await Rk.RunAsync(Repository.Checkout.Root, "kernel", "start", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    private sealed class KernelFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rk-test-kernelspec-");

        internal string Path => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
