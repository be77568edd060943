using System.Diagnostics;
using System.Globalization;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Session;

/// <summary>Runs that do not come to their end: each keeps what was executed and says where it stopped.</summary>
public sealed class EndedRunTests
{
    [Fact]
    public async Task A_cell_that_throws_ends_the_run_with_its_number_line_and_error()
    {
        using var checkout = new TemporaryCheckout().Add("fails", new NotebookBuilder()
            .Code("Console.WriteLine(\"before\");\nint Twice(int x) => x == 3 ? throw new InvalidOperationException(\"three\") : 2 * x;")
            .Text("## The middle")
            .Code("#r \"System.Xml\"\nvar a = Twice(1);\nvar b = 2;\n\nvar c = Twice(3);\nvar d = 4;")
            .Code("Console.WriteLine(\"after\");"));
        var run = await Rk.RunAsync(checkout.Root, "run", "fails");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("code cell 2 of 3 (The middle), line 5:", run.Output, StringComparison.Ordinal);
        Assert.Contains("    var c = Twice(3);", run.Output, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: three", run.Output, StringComparison.Ordinal);

        var cells = Saved(checkout, "fails").Cells.Where(cell => cell.IsCode).ToList();
        Assert.Equal("before\n", MultilineText.Join(cells[0].Outputs[0]!["text"]));
        var error = Assert.Single(cells[1].Outputs)!;
        Assert.Equal("System.InvalidOperationException", (string?)error["ename"]);
        Assert.Equal("three", (string?)error["evalue"]);
        Assert.DoesNotContain("Microsoft.CodeAnalysis", error["traceback"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(cells[2].ExecutionCount);
        Assert.Empty(NbformatCheck.Errors(Saved(checkout, "fails").Json));
        Assert.Contains("three", await File.ReadAllTextAsync(Path.Combine(checkout.Out, "fails.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kits_own_error_is_its_message_without_a_trace_and_its_line_is_known()
    {
        using var checkout = new TemporaryCheckout().Add("kit", new NotebookBuilder()
            .Code($"#r \"{Repository.Checkout.Kit.Replace('\\', '/')}/ResearchKit.dll\"")
            .Code("var a = 1;\nvar table = new ResearchKit.Figures.ResultTable(\"t\", [], [], \"\");"));
        var run = await Rk.RunAsync(checkout.Root, "run", "kit");
        Assert.Contains("code cell 2 of 2 (kit), line 2:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        var error = Assert.Single(Saved(checkout, "kit").Cells[1].Outputs)!;
        Assert.Equal(["FigureException: table 't' has no columns."], ((System.Text.Json.Nodes.JsonArray)error["traceback"]!).Select(line => line!.ToString()));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_ends_the_run_at_the_compilers_line()
    {
        using var checkout = new TemporaryCheckout().Add("typo", new NotebookBuilder().Code("var a = 1;\n\nint b = \"text\";\nConsole.WriteLine(a);"));
        var run = await Rk.RunAsync(checkout.Root, "run", "typo");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("code cell 1 of 1 (typo), line 3:", run.Output, StringComparison.Ordinal);
        Assert.Contains("    int b = \"text\";", run.Output, StringComparison.Ordinal);
        Assert.Contains("CS0029", run.Output, StringComparison.Ordinal);
        Assert.Single(Saved(checkout, "typo").Cells[0].Outputs);
    }

    [Fact]
    public async Task A_time_limit_ends_the_run_wherever_it_is()
    {
        using var checkout = new TemporaryCheckout().Add("slow", new NotebookBuilder().Code("while (true) { }").Code("1"));
        var run = await Rk.RunAsync(checkout.Root, "run", "slow", "--timeout", "6");
        Assert.Equal(124, run.ExitCode);
        Assert.Contains("ran out of its 6 s in code cell 1 of 2", run.Output, StringComparison.Ordinal);
        Assert.Null(Saved(checkout, "slow").Cells[1].ExecutionCount);
    }

    [Fact]
    public async Task A_session_that_dies_is_reported_with_its_last_words()
    {
        using var checkout = new TemporaryCheckout().Add("dies", new NotebookBuilder().Code("1").Code("Environment.FailFast(\"out of luck\");"));
        var run = await Rk.RunAsync(checkout.Root, "run", "dies");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("process ended by itself in code cell 2 of 2", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Saved(checkout, "dies").Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task A_killed_program_leaves_the_executed_part_on_disk_and_no_session_behind()
    {
        using var checkout = new TemporaryCheckout().Add("killed", new NotebookBuilder()
            .Code("Console.Write(Environment.ProcessId);").Code($"System.IO.File.WriteAllText(\"reached\", \"\");\nawait Task.Delay(TimeSpan.FromMinutes(5));"));
        using var program = Rk.Start(checkout.Root, "run", "killed");
        var reached = Path.Combine(checkout.Checkout.Notebooks, "theme", "reached");
        await WaitAsync(() => File.Exists(reached));
        program.Kill();
        await Rk.EndAsync(program);
        var session = SessionOf(Saved(checkout, "killed").Cells[0]);
        await WaitAsync(() => !IsRunning(session));
    }

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromMinutes(5));")]
    [InlineData("while (true) { }")]
    public async Task An_interrupt_ends_the_session_whatever_its_cell_does_and_keeps_what_was_executed(string code)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("sends SIGINT");
        using var checkout = new TemporaryCheckout().Add("stopped", new NotebookBuilder().Code("Console.Write(Environment.ProcessId);")
            .Code($"Console.WriteLine(\"begun\");\nawait Task.Delay(200);\nSystem.IO.File.WriteAllText(\"reached\", \"\");\n{code}").Code("1"));
        using var program = Rk.Start(checkout.Root, "run", "stopped");
        await WaitAsync(() => File.Exists(Path.Combine(checkout.Checkout.Notebooks, "theme", "reached")));
        using (var kill = Process.Start("kill", ["-INT", program.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        var run = await Rk.EndAsync(program);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("was interrupted in code cell 2 of 3", run.Output, StringComparison.Ordinal);
        var cells = Saved(checkout, "stopped").Cells;
        Assert.Equal("begun\n", MultilineText.Join(cells[1].Outputs[0]!["text"]));
        Assert.Null(cells[2].ExecutionCount);
        Assert.False(IsRunning(SessionOf(cells[0])));
    }

    private static int SessionOf(NotebookCell cell) => int.Parse(MultilineText.Join(cell.Outputs[0]!["text"]), CultureInfo.InvariantCulture);

    private static Notebook Saved(TemporaryCheckout checkout, string slug) => NotebookFile.Read(Path.Combine(checkout.Out, $"{slug}.ipynb"));

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition()) await Task.Delay(50, limit.Token);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
