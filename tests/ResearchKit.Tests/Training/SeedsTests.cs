using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class SeedsTests
{
    private static readonly long[] Some = [1, 2, 3, 4, 5];

    [Fact]
    public void Side_by_side_gives_the_bits_of_one_after_another()
    {
        var alone = Seeds.SideBySide(Some, Train, threads: 1);
        var together = Seeds.SideBySide(Some, Train, threads: 4);

        Assert.Equal(alone, together);
        Assert.Equal(5, together.Select(run => run.History).Distinct().Count());
    }

    [Fact]
    public void Each_run_has_one_torch_thread_and_the_caller_keeps_its_own()
    {
        var before = get_num_threads();

        var inside = Seeds.SideBySide(Some, (_, _) => get_num_threads(), threads: 2);

        Assert.All(inside, count => Assert.Equal(1, count));
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void A_failure_names_its_seed_and_keeps_its_cause()
    {
        var error = Assert.Throws<TrainingException>(() => Seeds.SideBySide(
            Some, (seed, _) => seed == 3 ? throw new TrainingException("the loss is NaN") : seed, threads: 2));

        Assert.Equal("seed 3: the loss is NaN", error.Message);
        Assert.IsType<TrainingException>(error.InnerException);
    }

    [Fact]
    public void Cancelling_ends_those_that_run_and_starts_no_more()
    {
        using var source = new CancellationTokenSource();
        var begun = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => Seeds.SideBySide(
            Some,
            (seed, token) =>
            {
                Interlocked.Increment(ref begun);
                source.Cancel();
                token.WaitHandle.WaitOne();
                return seed;
            },
            threads: 1, source.Token));

        Assert.Equal(1, begun);
    }

    [Fact]
    public void What_had_ended_is_kept_and_the_next_call_goes_on()
    {
        using var source = new CancellationTokenSource();
        var kept = new Dictionary<long, long>();
        var begun = new List<long>();
        long Run(long seed, CancellationToken token)
        {
            begun.Add(seed);
            if (begun.Count == 3) source.Cancel();
            return token.IsCancellationRequested ? -1 : 10 * seed;
        }

        var stopped = Assert.Throws<OperationCanceledException>(() => Seeds.SideBySide(Some, Run, threads: 1, kept, source.Token));

        Assert.Equal("Stopped: 2 of 5 seeds had ended and are kept. Run the cell again to go on with the others.", stopped.Message);
        Assert.Equal([10, 20], Some.Where(kept.ContainsKey).Select(seed => kept[seed]));
        Assert.Equal([10, 20, 30, 40, 50], Seeds.SideBySide(Some, Run, threads: 1, kept));
        Assert.Equal([1, 2, 3, 3, 4, 5], begun);
    }

    private static (string History, string Weights) Train(long seed, CancellationToken token)
    {
        using var task = new TinyRegression(seed);
        var history = Trainer.Run(task.Model, new TrainerOptions { Steps = 40, LearningRate = 0.01 }, task.Loss, cancellationToken: token);
        return (history.ToJson(), string.Join(' ', task.Weights().Select(BitConverter.SingleToInt32Bits)));
    }
}
