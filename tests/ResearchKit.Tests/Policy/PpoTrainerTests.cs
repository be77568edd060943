using ResearchKit.Generation;
using ResearchKit.Policy;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class PpoTrainerTests
{
    private static readonly PpoOptions Options = new()
    {
        Iterations = 60, Sampling = PpoBandit.Sampling, LearningRate = 3e-3, ValueLearningRate = 1e-2, Epochs = 2, Minibatches = 2, ValueClip = null,
    };

    [Theory]
    [InlineData(AdvantageEstimator.Generalized)]
    [InlineData(AdvantageEstimator.Reinforce)]
    [InlineData(AdvantageEstimator.LeaveOneOut)]
    [InlineData(AdvantageEstimator.GroupMean)]
    public void It_reaches_the_closed_form_optimum_of_a_bandit(AdvantageEstimator estimator)
    {
        const double beta = 0.5;
        using var bandit = new PpoBandit(11);
        var optimum = bandit.Optimum(beta);
        var start = PpoBandit.Probabilities(bandit.Policy);

        bandit.Train(Options with { Estimator = estimator, SamplesPerPrompt = 4, Iterations = 120 }, new FixedKlController(beta), copies: 24);

        var reached = PpoBandit.Probabilities(bandit.Policy);
        for (var x = 0; x < PpoBandit.Contexts; x++)
        {
            for (var a = 0; a < PpoBandit.Arms; a++) Assert.Equal(optimum[x][a], reached[x][a], 0.05);
        }
        Assert.True(Distance(start, optimum) > 0.2, "the start is already the optimum: the test shows nothing");
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_numbers_and_another_seed_others()
    {
        static (float[] Weights, string History) Run(long seed)
        {
            using var bandit = new PpoBandit(seed);
            var history = bandit.Train(Options with { Iterations = 5 }, new FixedKlController(0.1));
            return (bandit.Weights(), history.ToJson());
        }
        var first = Run(3);

        Assert.Equal(first, Run(3), (a, b) => a.Weights.SequenceEqual(b.Weights) && a.History == b.History);
        Assert.NotEqual(first.History, Run(4).History);
    }

    [Fact]
    public void Iterations_leave_no_tensor_behind()
    {
        using var bandit = new PpoBandit(5);
        var before = Live();
        var counts = new List<long>();

        bandit.Train(Options with { Iterations = 20, WhitenRewards = true }, new FixedKlController(0.1), onIteration: _ => counts.Add(Live()));

        Assert.All(counts.Skip(1), count => Assert.Equal(counts[0], count));
        Assert.Equal(before, Live());
    }

    [Fact]
    public void The_history_says_what_each_iteration_measured()
    {
        using var bandit = new PpoBandit(6);
        var history = bandit.Train(Options with { Iterations = 30 }, new AdaptiveKlController(0.2, target: 0.05, horizon: 1000));

        Assert.Equal(Enumerable.Range(1, 30), history.Steps);
        Assert.All(history.Columns, column => Assert.All(history[column], value => Assert.True(double.IsFinite(value), column)));
        Assert.All(history[PpoHistory.Length], length => Assert.Equal(1, length));
        Assert.All(history[PpoHistory.Updates], updates => Assert.Equal(4, updates));
        Assert.Equal(0, history[PpoHistory.Kl][0], 1e-6);
        Assert.True(history[PpoHistory.Reward].TakeLast(5).Average() > history[PpoHistory.Reward].Take(5).Average() + 0.1);
        Assert.Equal(0.2, history[PpoHistory.KlCoefficient][0]);
        Assert.NotEqual(0.2, history[PpoHistory.KlCoefficient][^1]);
        Assert.InRange(history[PpoHistory.Entropy][0], 0.01, Math.Log(PpoBandit.Arms) + 1e-6);
    }

    [Fact]
    public void A_large_update_ends_the_iteration_and_a_far_policy_the_run()
    {
        using var bandit = new PpoBandit(7);
        var history = bandit.Train(Options with { Iterations = 40, LearningRate = 0.05, Epochs = 8, UpdateKlLimit = 1e-3, ReferenceKlLimit = 0.05 }, new FixedKlController(0));

        Assert.Contains(history[PpoHistory.Updates], updates => updates < 16);
        Assert.True(history.Stopped);
        Assert.Equal(5, history[PpoHistory.Kl].Count(kl => kl > 0.05));
        Assert.True(history[PpoHistory.Kl][^1] > 0.05);
    }

    [Fact]
    public void Cancelling_keeps_what_was_learned()
    {
        using var bandit = new PpoBandit(8);
        using var stop = new CancellationTokenSource();
        var history = bandit.Train(Options, new FixedKlController(0.1), stop: stop.Token, onIteration: i => { if (i == 3) stop.Cancel(); });

        Assert.True(history.Stopped);
        Assert.Equal(3, history.Steps.Count);
    }

    [Fact]
    public void An_answer_that_cannot_be_scored_moves_nothing_where_groups_are_compared_and_is_refused_elsewhere()
    {
        static Tensor Unscorable(Rollout rollout) => PpoBandit.Reward(rollout) * double.NaN;
        PpoOptions options = Options with { Iterations = 2, SamplesPerPrompt = 2, Estimator = AdvantageEstimator.GroupNormalized };
        using var bandit = new PpoBandit(9);
        var before = bandit.Weights();

        var history = PpoTrainer.Run(bandit.Policy, bandit.Reference, null, options, new FixedKlController(0), _ => PpoBandit.Prompts(4), Unscorable, bandit.Streams);

        Assert.Equal(before, bandit.Weights());
        Assert.All(history[PpoHistory.Reward], reward => Assert.Equal(double.NaN, reward));
        var error = Assert.Throws<TrainingException>(() => PpoTrainer.Run(
            bandit.Policy, bandit.Reference, bandit.Critic, Options, new FixedKlController(0), _ => PpoBandit.Prompts(4), Unscorable, bandit.Streams));
        Assert.Contains("iteration 1: the reward of answer 0 of 8 is not a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_was_expected()
    {
        using var bandit = new PpoBandit(10);
        Exception Run(PpoOptions options, bool critic = true, Func<Rollout, Tensor>? reward = null) => Assert.ThrowsAny<Exception>(() => PpoTrainer.Run(
            bandit.Policy, bandit.Reference, critic ? bandit.Critic : null, options, new FixedKlController(0.1), _ => PpoBandit.Prompts(2), reward ?? PpoBandit.Reward, bandit.Streams));

        Assert.Contains("gave [4,2] for 4 answers of up to 1 tokens; [4,1] (per token) or [4] (per answer)", Run(Options, reward: _ => zeros(4, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("needs a critic", Run(Options, critic: false).Message, StringComparison.Ordinal);
        Assert.Contains("2 or more", Run(Options with { Estimator = AdvantageEstimator.LeaveOneOut }, critic: false).Message, StringComparison.Ordinal);
        Assert.Contains("top-k 2", Run(Options with { Sampling = PpoBandit.Sampling with { TopK = 2 } }).Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentOutOfRangeException>(Run(Options with { Epochs = 0 }));
        Assert.IsType<ArgumentOutOfRangeException>(Run(Options with { LearningRate = double.NaN }));
        Assert.IsType<GenerationException>(Run(Options with { Sampling = new SamplingOptions { MaxNewTokens = 9 } }));
    }

    private static double Distance(double[][] a, double[][] b) => a.Zip(b).Max(pair => pair.First.Zip(pair.Second, (p, q) => Math.Abs(p - q)).Max());

    // Counted per thread: other tests run beside this one.
    private static long Live() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
