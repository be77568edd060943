using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Commands;

public sealed class DoctorTests
{
    [Fact]
    public async Task Where_the_kit_is_built_there_is_no_problem()
    {
        var run = await Rk.RunAsync(Repository.Checkout.Root, "doctor");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("ok                tensors: libtorch loads and two tensors multiply", run.Output, StringComparison.Ordinal);
        foreach (var subject in new[] { ".NET SDK", "kit", "GLIBCXX", "threads", "allocator", "session", "Jupyter kernel", "GPU", "Jupyter", "dotnet-interactive", "Chromium" })
        {
            Assert.Contains($" {subject}: ", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_kit_that_is_not_built_is_a_problem_with_its_cure()
    {
        using var checkout = new TemporaryCheckout();
        var run = await Rk.RunAsync(checkout.Root, "doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"problem +kit: .*is not built", run.Output);
        Assert.Contains("-> dotnet build lib/ResearchKit.Interactive", run.Output, StringComparison.Ordinal);
    }
}
