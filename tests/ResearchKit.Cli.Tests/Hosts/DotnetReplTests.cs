using System.Diagnostics;
using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Hosts;

/// <summary>The engine in a third host. It merges streams and shows every update anew, so only the record is compared.</summary>
public sealed class DotnetReplTests
{
    private const string Slug = "00-start-here";

    [Fact]
    public async Task It_runs_the_first_notebook_with_the_record_that_rk_run_writes()
    {
        var tool = Programs.Find("dotnet-repl");
        if (tool is null) Assert.Skip("no dotnet-repl on the PATH (dotnet tool install --global dotnet-repl)");
        var folder = Directory.CreateTempSubdirectory("rk-test-repl-");
        try
        {
            var source = NotebookCatalog.Find(Repository.Checkout, Slug).Path;
            var executed = Path.Combine(folder.FullName, "executed.ipynb");
            var start = new ProcessStartInfo(tool, ["--run", source, "--exit-after-run", "--output-format", "ipynb", "--output-path", executed, "--default-kernel", "csharp"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetDirectoryName(source)!,
            };
            Jupyter.Isolate(start, folder.FullName);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var run = await Rk.EndAsync(process);
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            var outputs = NotebookFile.Read(executed).Cells.SelectMany(cell => cell.Outputs).ToList();
            Assert.DoesNotContain(outputs, output => (string?)output!["output_type"] == "error");
            Assert.Contains(outputs, output => output!["data"]?["text/html"]?.ToJsonString().Contains("researchkit-figure", StringComparison.Ordinal) == true);
            var reference = await SmokeRuns.OfAsync(Slug, solutions: false);
            Assert.Equal(HostOutputs.Of(reference.Record(Slug)!), HostOutputs.Of(RunRecordFile.Read(Path.Combine(folder.FullName, "out", $"{Slug}.smoke.json"))!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
