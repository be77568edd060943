using ResearchKit.Calibration;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Calibration;

public sealed class CalibratedRewardTests
{
    [Fact]
    public void Half_confidence_changes_nothing_under_either_rule()
    {
        Tensor reward = Vectors.Of(-3, 0, 2), half = Vectors.Of(.5, .5, .5);

        Assert.Equal(reward.Values(), CalibratedReward.Difference(reward, half, 0.7, 2).Values());
        Assert.Equal(reward.Values(), CalibratedReward.Threshold(reward, half, 0.7, 2).Values());
    }

    [Fact]
    public void Confidence_pays_above_the_average_and_costs_below_it()
    {
        // difference: 3 + 2·(3 − 1)·0.5, −1 + 2·(−1 − 1)·0.5;  threshold: 3 + 2·3·0.5, −1 − 2·1·0.5
        Tensor reward = Vectors.Of(3, -1), sure = Vectors.Of(1, 1);

        Assert.Equal([5, -3], CalibratedReward.Difference(reward, sure, 1, 2).Values());
        Assert.Equal([6, -2], CalibratedReward.Threshold(reward, sure, 1, 2).Values());
        Assert.Equal([6, 0], CalibratedReward.Threshold(reward, sure, 1, 2, signed: true).Values());
    }

    [Fact]
    public void The_average_moves_by_alpha_and_takes_in_the_batch_before_it_is_used()
    {
        var average = new RewardMovingAverage(0.1, initial: 1);

        Assert.Equal(1.2, average.Update(Vectors.Of(2, 4)), 12);
        Assert.Equal(1.2 * 0.9 - 0.1, average.Update(-1.0), 12);
        Assert.Equal(average.Value, average.Update(average.Value), 12);
        Assert.Equal([-10, 0, 10], RewardMovingAverage.Clamp(Vectors.Of(-99, 0, 12)).Values());
    }

    [Fact]
    public void A_batch_with_a_reward_that_is_no_number_does_not_poison_the_average()
    {
        var average = new RewardMovingAverage(0.5);

        Assert.Throws<ArgumentOutOfRangeException>(() => average.Update(Vectors.Of(1, double.NaN)));
        Assert.Equal(0, average.Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardMovingAverage(0));
    }

    [Fact]
    public void Normalised_rewards_have_mean_0_and_deviation_1()
    {
        double[] scores = [3, 5, 9, 11];
        var z = RewardNormalizer.Fit(scores).Apply(tensor(scores));

        Assert.Equal(0, z.mean().item<double>(), 12);
        Assert.Equal(1, z.std().item<double>(), 12);
        Assert.Throws<ArgumentException>(() => RewardNormalizer.Fit([2, 2, 2]));
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused() =>
        Assert.Throws<ArgumentException>(() => CalibratedReward.Difference(zeros(3), zeros(1), 0, 1));
}
