using System.Diagnostics;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>A cell that trains is interrupted: what was learned so far is there, and the notebook goes on.</summary>
public sealed class TrainingInterruptTests : IClassFixture<RunningKernel>
{
    private readonly KernelClient client;

    public TrainingInterruptTests(RunningKernel kernel)
    {
        client = kernel.Client;
        var kit = Repository.Checkout.Kit.Replace('\\', '/');
        var ready = client.Run($$"""
            #r "{{kit}}/ResearchKit.Interactive.dll"
            #r "{{kit}}/ResearchKit.dll"
            #r "{{kit}}/TorchSharp.dll"
            using System.Threading; using TorchSharp; using ResearchKit.Interactive; using ResearchKit.Models; using ResearchKit.Training;
            var run = Kit.Start("demo");
            var (kept, training) = (41, 0);
            History Train(CancellationToken stop, int before = 0)
            {
                Interlocked.Increment(ref training);
                try
                {
                    Thread.Sleep(before);
                    using var model = CausalLM.Create(ModelConfig.Tiny(8, hidden: 8, layers: 1, heads: 1, maxPositions: 8), new torch.Generator(1, torch.CPU));
                    using var ids = torch.zeros(1, 4, dtype: torch.int64);
                    return Trainer.Run(model, new TrainerOptions { Steps = 1_000_000, LearningRate = 1e-3 }, _ => new StepLoss(model.Forward(ids).square().mean()), run.Progress, cancellationToken: stop);
                }
                finally
                {
                    Interlocked.Decrement(ref training);
                }
            }
            """);
        Assert.True(ready.Status == "ok", ready.Reply.Content.ToJsonString());
    }

    [Fact]
    public void A_training_loop_stops_and_its_history_and_all_earlier_state_are_kept()
    {
        var stopped = RunAndInterrupt("var history = Train(run.CancellationToken);");

        Assert.Matches(@"training: stopped at \d+ of 1000000\nStopped: weights and histories are those of the last whole step, and later cells run\. Run this cell again to start over", stopped.Of("update_display_data")[^1].Plain);
        Assert.Equal("True True 42", client.Run("""$"{history.Stopped} {history.Steps.Count > 0} {kept + 1}" """).Of("execute_result")[0].Plain);
    }

    [Theory]
    [InlineData("(seed, stop) => Train(stop), threads: 2, run.CancellationToken", "Stopped: 0 of 3 seeds had ended")]
    [InlineData("(seed, stop) => Train(stop), threads: 2", "")]
    [InlineData("(seed, stop) => Train(stop, before: 4000), threads: 2, run.CancellationToken", "")]
    public void Seeds_side_by_side_stop_on_all_their_threads(string arguments, string word)
    {
        var stopped = RunAndInterrupt($"var bar = run.Progress.Start(\"seeds\", 3);\nbar.Report(1, loss: 1);\nvar all = Seeds.SideBySide([1L, 2L, 3L], {arguments});");

        Assert.Contains(word, stopped.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("42", client.Run("kept + 1").Of("execute_result")[0].Plain);
        Assert.Equal("True", client.Run("SpinWait.SpinUntil(() => Volatile.Read(ref training) == 0, 20_000)").Of("execute_result")[0].Plain);
    }

    private Reaction RunAndInterrupt(string code)
    {
        var id = client.SendCode(code);
        client.WaitFor(answer => answer.Parent == id && (answer.Type == "error" || answer.Plain.Contains("loss", StringComparison.Ordinal)));
        Assert.DoesNotContain(client.Published, answer => answer.Parent == id && answer.Type == "error");
        var clock = Stopwatch.StartNew();
        Assert.Equal("ok", client.Ask("interrupt_request", [], onControl: true).Status);
        var stopped = client.React(id);
        TestContext.Current.TestOutputHelper?.WriteLine($"ended {clock.Elapsed.TotalSeconds:F2} s after the interrupt");
        Assert.Equal(("error", "Interrupted"), (stopped.Status, stopped.Reply.Text("ename")));
        Assert.Contains("What earlier cells defined is kept: run this cell again, or go on with another.", stopped.Reply.Text("evalue"), StringComparison.Ordinal);
        return stopped;
    }
}
