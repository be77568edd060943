using ResearchKit.Policy;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class TokenRewardsTests
{
    [Fact]
    public void A_score_is_paid_on_the_last_counted_token_wherever_the_padding_is()
    {
        using var scope = NewDisposeScope();
        var mask = tensor([1.0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0], [3, 4]);

        Assert.Equal([0, 5, 0, 0, 0, 0, 0, 6, 0, 7, 0, 0], TokenRewards.AtLastToken(tensor([5.0, 6, 7]), mask).Values());
        Assert.Throws<ArgumentException>(() => TokenRewards.AtLastToken(zeros(2), tensor([1, 0], [2, 1])));
        Assert.Throws<ArgumentException>(() => TokenRewards.AtLastToken(zeros(2), ones(3, 1)));
    }

    [Fact]
    public void The_penalty_is_taken_from_counted_tokens_and_carries_no_gradient()
    {
        using var scope = NewDisposeScope();
        var logProbs = tensor([-1.0, -2, double.NaN], [1, 3]).requires_grad_(true);
        var rewards = TokenRewards.KlPenalized(tensor([0.0, 3, 9], [1, 3]), logProbs, tensor([-1.5, -1, 0], [1, 3]), tensor([1, 1, 0], [1, 3]), beta: 0.1);

        Assert.Equal([-0.05, 3.1, 9], rewards.Values().Select(r => Math.Round(r, 12)));
        Assert.False(rewards.requires_grad);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenRewards.KlPenalized(zeros(1, 1), zeros(1, 1), zeros(1, 1), ones(1, 1), beta: -1));
    }

    [Fact]
    public void All_estimators_average_to_the_true_divergence_but_k2_which_comes_near()
    {
        using var scope = NewDisposeScope();
        double[] policy = [0.5, 0.3, 0.2], reference = [0.45, 0.28, 0.27];
        var kl = policy.Zip(reference, (p, q) => p * Math.Log(p / q)).Sum();
        double Mean(KlEstimator estimator) => (tensor(policy) * TokenKl.Estimate(tensor(policy).log(), tensor(reference).log(), estimator)).sum().item<double>();

        Assert.Equal(kl, Mean(KlEstimator.K1), 1e-12);
        Assert.Equal(kl, Mean(KlEstimator.K3), 1e-12);
        Assert.Equal(kl, Mean(KlEstimator.K2), 0.1 * kl);
        Assert.NotEqual(kl, Mean(KlEstimator.K2), 1e-6);
        Assert.All(TokenKl.Estimate(Vectors.Normal(1, 99), Vectors.Normal(2, 99), KlEstimator.K3).Values(), k => Assert.True(k >= 0));
    }
}
