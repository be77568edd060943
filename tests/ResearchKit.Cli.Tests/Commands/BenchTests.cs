using System.Text.Json.Nodes;
using ResearchKit.Cli.Benchmarks;
using ResearchKit.Cli.Tests.Support;
using Spectre.Console;

namespace ResearchKit.Cli.Tests.Commands;

public sealed class BenchTests
{
    [Fact]
    public async Task The_notebooks_minutes_are_those_of_their_workshop_records_and_are_summed()
    {
        var demo = new NotebookBuilder().Text("# A demo");
        using var checkout = new TemporaryCheckout().Add("first", demo).Add("second", demo).Add("unrun", demo);
        Directory.CreateDirectory(checkout.Checkout.Results);
        File.WriteAllText(Path.Combine(checkout.Checkout.Results, "first.workshop.json"), """{"seeds":[1,2,3],"wallSeconds":90}""");
        File.WriteAllText(Path.Combine(checkout.Checkout.Results, "second.workshop.json"), """{"seeds":[1],"wallSeconds":132}""");

        var run = await Rk.RunAsync(checkout.Root, "bench", "notebooks");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("first +│ +3 │ +1.5 ", run.Output);
        Assert.Matches("unrun +│ +│ not run yet ", run.Output);
        Assert.Matches("2 notebooks +│ +│ +3.7 ", run.Output);
    }

    [Fact]
    public async Task A_checkout_without_the_suite_says_so()
    {
        using var checkout = new TemporaryCheckout();
        var run = await Rk.RunAsync(checkout.Root, "bench");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("tests/ResearchKit.Benchmarks is not in this checkout", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_shows_both_numbers_their_ratio_and_what_is_asked()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;
        var measured = JsonNode.Parse("""
            {"machine":{"processor":"P 1","cores":2},"seconds":12.5,"rows":[
              {"case":"optimizer","what":"fused [one]","fast":0.5,"plain":4,"unit":"ms","ratio":8,"wish":"≥ 7","met":true,"note":"1.2 M"},
              {"case":"matmul","what":"peak","fast":180.25,"plain":90,"unit":"GFLOP/s","ratio":2.003,"wish":"","met":null,"note":""}]}
            """)!.AsObject();

        BenchTable.Print(console, measured);

        Assert.Matches(@"optimizer │ fused \[one\] +│ +0\.5 ms │ +4 │ +8\.00 │ +≥ 7 │ 1\.2 M", text.ToString());
        Assert.Matches(@"matmul +│ peak +│ 180\.2 GFLOP/s │ +90 │ +2\.00 │", text.ToString());
        Assert.Contains("processor P 1, cores 2", text.ToString(), StringComparison.Ordinal);
    }
}
