using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Interactive;

/// <summary>A cell that is stopped while the kit works in it: it ends at the next step and keeps what there is.</summary>
[Collection(KernelSession.OneAtATime)]
public sealed class CancelledCellTests : IDisposable
{
    private const string Plain = "text/plain";
    private readonly TempFolder folder = new();
    private readonly KernelSession session;

    public CancelledCellTests()
    {
        session = new KernelSession(new Dictionary<string, string?>
        {
            ["RESEARCHKIT_HOST"] = "rk", ["RESEARCHKIT_SCALE"] = "smoke", ["RESEARCHKIT_SEED"] = "5", ["RESEARCHKIT_THREADS"] = "1", ["RESEARCHKIT_DEVICE"] = "cpu", ["RESEARCHKIT_OUT"] = folder.Root,
        });
        session.Run($$"""
            #r "{{AppContext.BaseDirectory}}ResearchKit.Interactive.dll"
            #r "{{AppContext.BaseDirectory}}ResearchKit.dll"
            #r "{{AppContext.BaseDirectory}}TorchSharp.dll"
            using System.Threading; using TorchSharp; using ResearchKit.Interactive; using ResearchKit.Models; using ResearchKit.Training;
            var run = Kit.Start("demo");
            var ids = torch.zeros(1, 4, dtype: torch.int64);
            CausalLM Model() => CausalLM.Create(ModelConfig.Tiny(8, hidden: 8, layers: 1, heads: 1, maxPositions: 8), new torch.Generator(1, torch.CPU));
            History Train(CancellationToken stop)
            {
                using var model = Model();
                return Trainer.Run(model, new TrainerOptions { Steps = 1_000_000, LearningRate = 1e-3 }, _ => new StepLoss(model.Forward(ids).square().mean()), run.Progress, cancellationToken: stop);
            }
            """);
    }

    [Fact]
    public void Training_stops_at_a_step_keeps_its_history_and_the_notebook_says_how_to_go_on()
    {
        var (outputs, failure) = session.RunAndCancel("var history = Train(run.CancellationToken);", Running);

        Assert.Contains("cancelled", failure, StringComparison.Ordinal);
        Assert.Matches(@"^training: stopped at \d+ of 1000000\nStopped: .*Run this cell again to start over", outputs[^1].Data[Plain]);
        var kept = Assert.Single(session.Run("""$"{history.Stopped} {history.Steps.Count > 0}" """)).Data[Plain];
        Assert.Equal("True True", kept);
    }

    [Fact]
    public void Seeds_side_by_side_stop_all_and_later_cells_run()
    {
        var (outputs, failure) = session.RunAndCancel("Seeds.SideBySide([1L, 2L, 3L], (seed, stop) => Train(stop), threads: 2, run.CancellationToken)", Running);

        Assert.Contains("cancelled", failure, StringComparison.Ordinal);
        Assert.StartsWith("training: stopped at ", outputs[^1].Data[Plain], StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(session.Run("1 + 1")).Data[Plain]);
    }

    [Fact]
    public void Work_that_ends_before_the_progress_hears_of_the_cancellation_is_shown_as_stopped()
    {
        // Callbacks run last come, first served: this one ends its bar and lets the cell end before the progress is told.
        var (outputs, _) = session.RunAndCancel("""
            var bar = run.Progress.Start("training", 100);
            var ended = new ManualResetEventSlim();
            _ = run.CancellationToken.Register(() => { bar.Dispose(); ended.Set(); Thread.Sleep(1000); });
            for (var step = 1; !ended.Wait(150); step++) bar.Report(step, 0.5);
            """, Running);

        Assert.Matches(@"^training: stopped at \d+ of 100\nStopped: ", outputs[^1].Data[Plain]);
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    private static bool Running(CellOutput output) => output.Data[Plain].Contains("loss", StringComparison.Ordinal);
}
