using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    private static readonly NotebookBuilder Demo = new NotebookBuilder().Text("# A demo").Code("int seeds = 1;", "parameters");

    [Theory]
    [InlineData("run nodemo", "There is no notebook nodemo. Known, closest first: demo, broken.")]
    [InlineData("run broken", "is not a notebook: it is not JSON")]
    [InlineData("run demo -p seed=1", "demo has no parameter seed. Known: seeds (int).")]
    [InlineData("run demo -p seeds=x", "seeds is of type int, and \"x\" is not a whole number")]
    [InlineData("run demo --scale large", "--scale large: expected smoke, workshop or paper.")]
    [InlineData("run demo --seed -1", "--seed -1: expected a whole number")]
    [InlineData("run demo --threads 0", "--threads 0: expected a whole number from 1")]
    [InlineData("run demo --timeout soon", "--timeout soon: expected a number of seconds above 0.")]
    [InlineData("save demo --scale smoke", "--scale smoke: committed notebooks show the workshop scale")]
    [InlineData("save", "rk save: name the notebook to save")]
    [InlineData("run demo --nonsense", "Unknown option 'nonsense'")]
    [InlineData("run", "missing required argument 'slug'")]
    [InlineData("dance", "Unknown command 'dance'")]
    public async Task What_was_typed_wrongly_is_one_message_and_exit_code_2(string arguments, string message)
    {
        using var checkout = new TemporaryCheckout().Add("demo", Demo).Add("broken", "{");
        var run = await Rk.RunAsync(checkout.Root, arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(checkout.Out));
    }

    [Fact]
    public async Task The_version_is_told()
    {
        using var checkout = new TemporaryCheckout();
        var run = await Rk.RunAsync(checkout.Root, "--version");
        Assert.Equal((0, "0.1.0"), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData("--help", "rk run tdpo --scale smoke -p seeds=5 --seed 7")]
    [InlineData("run --help", "--timeout <SECONDS>")]
    public async Task Help_shows_options_and_examples(string arguments, string text)
    {
        using var checkout = new TemporaryCheckout();
        var run = await Rk.RunAsync(checkout.Root, arguments.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_titles_themes_and_last_results()
    {
        using var checkout = new TemporaryCheckout().Add("demo", Demo, "preference");
        Record(checkout, "demo.workshop.json", """{"scale":"workshop","claims":[{"verdict":"inconclusive"},{"verdict":"reproduced"},{"verdict":"reproduced"}]}""");
        var run = await Rk.RunAsync(checkout.Root, "list");
        Assert.Equal(0, run.ExitCode);
        foreach (var text in new[] { "demo", "A demo", "preference", "2 reproduced, 1 inconclusive" }) Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_tells_up_to_date_stale_failing_and_not_executed_apart()
    {
        using var checkout = new TemporaryCheckout().Add("fresh", Demo).Add("stale", Demo).Add("new", Demo).Add("broken", "{")
            .Add("failing", """{"nbformat":4,"cells":[{"cell_type":"code","source":"x","execution_count":1,"outputs":[{"output_type":"error"}]}]}""");
        var hash = NotebookHash.OfSources(NotebookFile.Parse(Demo.Json(), "demo"));
        Record(checkout, "fresh.workshop.json", $$"""{"scale":"workshop","claims":[{"verdict":"not reproduced"}],"sourceSha256":"{{hash}}"}""");
        Record(checkout, "stale.workshop.json", """{"scale":"workshop","claims":[],"notebookSha256":"0"}""");
        var run = await Rk.RunAsync(checkout.Root, "status");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("fresh +│ up to date +│ 1 not reproduced", run.Output);
        Assert.Matches("stale +│ stale", run.Output);
        Assert.Matches("new +│ not executed", run.Output);
        Assert.Matches("failing +│ failing", run.Output);
        Assert.Matches("broken +│ unreadable", run.Output);
    }

    private static void Record(TemporaryCheckout checkout, string name, string json)
    {
        Directory.CreateDirectory(checkout.Checkout.Results);
        File.WriteAllText(Path.Combine(checkout.Checkout.Results, name), json);
    }
}
