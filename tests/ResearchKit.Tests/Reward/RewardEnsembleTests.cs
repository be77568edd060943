using CsCheck;
using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class RewardEnsembleTests
{
    private static readonly Gen<double[]> Rewards = Gen.Double[-5, 5].Array[12];

    [Fact]
    public void Worst_case_is_never_above_the_uncertainty_weighted_mean_of_no_penalty_and_that_falls_with_the_penalty() => Rewards.Holds(
        60, v =>
        {
            using var scope = NewDisposeScope();
            var rewards = tensor(v, [3, 4]);
            var mean = RewardEnsemble.Mean(rewards).Values();
            Vectors.AssertClose([mean], [RewardEnsemble.UncertaintyWeighted(rewards, 0).Values()], 1e-12);
            for (var n = 0; n < 4; n++)
            {
                Assert.True(RewardEnsemble.WorstCase(rewards).Values()[n] <= mean[n] + 1e-12);
                var disagreement = RewardEnsemble.Disagreement(rewards).Values()[n];
                Assert.Equal(mean[n] - 2 * disagreement * disagreement, RewardEnsemble.UncertaintyWeighted(rewards, 2).Values()[n], 1e-9);
            }
        });

    [Fact]
    public void Members_that_agree_have_no_disagreement_and_one_value()
    {
        var rewards = tensor([1.0, 2, 1, 2], [2, 2]);

        Assert.Equal([0.0, 0], RewardEnsemble.Disagreement(rewards).Values());
        Assert.Equal([1.0, 2], RewardEnsemble.WorstCase(rewards).Values());
        Assert.Throws<ArgumentException>(() => RewardEnsemble.Mean(zeros(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardEnsemble.UncertaintyWeighted(rewards, -1));
    }
}
