using ResearchKit.Tests.Support;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainerOptions Options = new() { Steps = 60, LearningRate = 0.02, WarmupSteps = 5, Decay = Decay.Cosine };

    [Fact]
    public void The_loss_falls_and_the_history_has_every_step()
    {
        using var task = new TinyRegression(1);

        var history = Trainer.Run(task.Model, Options, task.Loss, state: task.State);

        Assert.Equal(Enumerable.Range(1, 60), history.Steps);
        Assert.Equal(["loss", "grad_norm", "learning_rate", "batch"], history.Columns);
        Assert.True(history.Last(History.Loss) < 0.3 * history[History.Loss][0]);
        Assert.False(history.Stopped);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        using var one = new TinyRegression(2);
        using var two = new TinyRegression(2);

        var first = Trainer.Run(one.Model, Options, one.Loss);
        var second = Trainer.Run(two.Model, Options, two.Loss);

        Assert.Equal(first.ToJson(), second.ToJson());
        Assert.Equal(one.Weights(), two.Weights());
    }

    [Fact]
    public void Accumulated_micro_batches_equal_the_large_batch()
    {
        using var large = new TinyRegression(3);
        using var small = new TinyRegression(3);
        var options = Options with { Steps = 20, ClipNorm = 0.5 };

        var whole = Trainer.Run(large.Model, options, context => large.LossOver([.. Enumerable.Range(context.Step, 16)]));
        var parts = Trainer.Run(small.Model, options with { Accumulation = 4 }, context => small.LossOver([.. Enumerable.Range(context.Step + 4 * context.Micro, 4)]));

        foreach (var column in new[] { History.Loss, History.GradientNorm })
        {
            foreach (var (a, b) in whole[column].Zip(parts[column])) Assert.Equal(a, b, 1e-6);
        }
        foreach (var (a, b) in large.Weights().Zip(small.Weights())) Assert.Equal(a, b, 1e-6f);
    }

    [Fact]
    public void Accumulated_gradients_equal_the_large_batchs_gradients()
    {
        using var task = new TinyRegression(4);
        float[] Gradients(params int[][] batches)
        {
            task.Model.zero_grad();
            foreach (var batch in batches)
            {
                using var scope = NewDisposeScope();
                (task.LossOver(batch).Loss / batches.Length).backward();
            }
            return [.. task.Model.parameters().SelectMany(p => p.grad!.data<float>().ToArray())];
        }

        var whole = Gradients([.. Enumerable.Range(0, 12)]);
        var parts = Gradients([.. Enumerable.Range(0, 4)], [.. Enumerable.Range(4, 4)], [.. Enumerable.Range(8, 4)]);

        foreach (var (a, b) in whole.Zip(parts)) Assert.Equal(a, b, 1e-6f);
    }

    [Fact]
    public void Two_hundred_steps_leave_no_tensor_behind()
    {
        using var task = new TinyRegression(5);
        using var folder = new TempFolder();
        var options = Options with { Steps = 200, Accumulation = 2, CheckpointEvery = 50, CheckpointFolder = folder["run"] };
        var counts = new List<long>();

        Trainer.Run(task.Model, options, task.Loss, state: task.State, onStep: step => counts.Add(LiveTensors()));

        Assert.All(counts.Skip(1), count => Assert.Equal(counts[0], count));
    }

    [Fact]
    public void A_run_leaves_no_tensor_behind()
    {
        using var task = new TinyRegression(5);
        var before = LiveTensors();

        Trainer.Run(task.Model, Options, task.Loss);

        Assert.Equal(before, LiveTensors());
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_before_it_touches_the_weights()
    {
        using var task = new TinyRegression(6);
        using var folder = new TempFolder();
        float[]? before = null;
        StepLoss Loss(StepContext context)
        {
            var result = task.Loss(context);
            if (context.Step < 17) return result;
            before = task.Weights();
            return result with { Loss = result.Loss * double.NaN };
        }

        var error = Assert.Throws<TrainingException>(() => Trainer.Run(
            task.Model, Options with { CheckpointEvery = 5, CheckpointFolder = folder["run"] }, Loss, state: task.State));

        Assert.Contains("step 17, micro-batch 0 (examples ", error.Message, StringComparison.Ordinal);
        Assert.Contains("the loss is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("step-00000015.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, task.Weights());
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_the_run_as_well()
    {
        using var task = new TinyRegression(6);
        var before = task.Weights();

        // The root of 0 is finite, its slope is not.
        var error = Assert.Throws<TrainingException>(() => Trainer.Run(task.Model, Options, context => new StepLoss((task.LossOver([1]).Loss * 0).sqrt())));

        Assert.Contains("step 1, micro-batch 0: the gradient norm is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("no checkpoint was written", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, task.Weights());
    }

    [Fact]
    public void A_cancelled_run_stops_within_the_step_and_keeps_what_it_learned()
    {
        using var task = new TinyRegression(7);
        using var source = new CancellationTokenSource();
        float[]? atNine = null;

        var history = Trainer.Run(
            task.Model, Options with { Accumulation = 3 },
            context =>
            {
                if (context is { Step: 10, Micro: 1 })
                {
                    atNine = task.Weights();
                    source.Cancel();
                }
                return task.Loss(context);
            },
            cancellationToken: source.Token);

        Assert.True(history.Stopped);
        Assert.Equal(9, history.Steps.Count);
        Assert.Equal(atNine, task.Weights());
    }

    [Fact]
    public void Progress_is_told_every_step_and_ended()
    {
        using var task = new TinyRegression(8);
        var sink = new Recorder();

        Trainer.Run(task.Model, Options with { Steps = 3, Title = "tiny" }, task.Loss, sink);

        Assert.Equal(["start tiny 3", "0", "1", "2", "3", "end"], sink.Lines);
    }

    [Fact]
    public void Tied_parameters_are_trained_once_and_frozen_ones_not_at_all()
    {
        using var scope = NewDisposeScope();
        var shared = nn.Linear(3, 3);
        var frozen = nn.Linear(3, 3);
        foreach (var parameter in frozen.parameters()) parameter.requires_grad = false;
        var model = nn.Sequential(("a", shared), ("b", frozen), ("c", shared));
        var before = frozen.weight!.data<float>().ToArray();

        Trainer.Run(model, Options with { Steps = 2 }, context => new StepLoss(model.call(ones(1, 3)).square().mean()));

        Assert.Equal(before, frozen.weight!.data<float>().ToArray());
    }

    [Fact]
    public void A_loss_that_cannot_be_trained_on_is_refused()
    {
        using var task = new TinyRegression(9);

        Assert.Contains("scalar", Assert.Throws<ArgumentException>(() => Trainer.Run(task.Model, Options, context => new StepLoss(task.LossOver([1]).Loss.expand(2)))).Message, StringComparison.Ordinal);
        Assert.Contains("no graph", Assert.Throws<ArgumentException>(() => Trainer.Run(task.Model, Options, context => new StepLoss(zeros(1)))).Message, StringComparison.Ordinal);
        Assert.Contains("'loss'", Assert.Throws<ArgumentException>(() => Trainer.Run(task.Model, Options, context => new StepLoss(task.LossOver([1]).Loss, new Dictionary<string, double> { ["loss"] = 1 }))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Run(task.Model, Options with { LearningRate = double.NaN }, task.Loss));
        Assert.Throws<ArgumentException>(() => Trainer.Run(task.Model, Options with { Resume = true }, task.Loss));
    }

    // Counted per thread: other tests run beside this one.
    private static long LiveTensors() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private sealed class Recorder : IProgressSink, IProgressBar
    {
        internal List<string> Lines { get; } = [];

        public IProgressBar Start(string title, int total)
        {
            Lines.Add($"start {title} {total}");
            return this;
        }

        public void Report(int step, double? loss = null, string? note = null) => Lines.Add($"{step}");

        public void Dispose() => Lines.Add("end");
    }
}
