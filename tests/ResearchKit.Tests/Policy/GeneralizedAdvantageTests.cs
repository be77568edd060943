using CsCheck;
using ResearchKit.Policy;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class GeneralizedAdvantageTests
{
    private const int Rows = 3, Width = 7;
    private static readonly Gen<(double[] Numbers, bool[] Acted)> Rollouts = Gen.Select(Gen.Double[-3, 3].Array[2 * Rows * Width + 2], Gen.Bool.Array[Rows * Width]);

    [Fact]
    public void It_is_the_hand_written_loop_for_any_mask_discount_and_lambda() => Rollouts.Holds(60, (numbers, acted) =>
    {
        using var scope = NewDisposeScope();
        const int n = Rows * Width;
        var (rewards, values, gamma, lambda) = (numbers[..n], numbers[n..(2 * n)], (numbers[^2] + 3) / 6, (numbers[^1] + 3) / 6);
        var mask = acted.Select(a => a ? 1.0 : 0).ToArray();
        var (expected, targets) = ByHand(rewards, values, acted, gamma, lambda);

        var result = GeneralizedAdvantage.Compute(tensor(rewards, [Rows, Width]), tensor(values, [Rows, Width]), tensor(mask, [Rows, Width]), gamma, lambda);

        Vectors.AssertClose([expected, targets], [result.Advantages.Values(), result.Returns.Values()], 1e-12);
        var toGo = ReturnsToGo.Compute(tensor(rewards, [Rows, Width]), tensor(mask, [Rows, Width]), gamma);
        Vectors.AssertClose([ByHand(rewards, new double[n], acted, gamma, 1).Advantages], [toGo.Values()], 1e-12);
    });

    [Fact]
    public void With_lambda_1_and_gamma_1_the_returns_are_the_rewards_to_come_whatever_the_critic_says()
    {
        using var scope = NewDisposeScope();
        var rewards = tensor([1.0, 2, 4, 0, 8, 0, 0, 0], [2, 4]);
        var mask = tensor([1.0, 1, 1, 0, 1, 1, 0, 0], [2, 4]);
        var returns = GeneralizedAdvantage.Compute(rewards, Vectors.Normal(1, 2, 4), mask, 1, 1).Returns;

        Assert.Equal([7.0, 6, 4, 0, 8, 0, 0, 0], returns.Values().Select(r => Math.Round(r, 12)));
    }

    [Fact]
    public void What_is_masked_never_leaks_in()
    {
        using var scope = NewDisposeScope();
        var rewards = tensor([1.0, double.NaN, 2], [1, 3]);
        var result = GeneralizedAdvantage.Compute(rewards, tensor([0.5, double.NaN, 1], [1, 3]), tensor([1, 0, 1], [1, 3]), 0.9, 0.8);

        // δ_2 = 2 − 1, δ_0 = 1 + 0.9·1 − 0.5, A_0 = δ_0 + 0.72 δ_2
        Assert.Equal([2.12, 0, 1], result.Advantages.Values().Select(a => Math.Round(a, 12)));
        Assert.Equal([2.62, 0, 2], result.Returns.Values().Select(a => Math.Round(a, 12)));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => GeneralizedAdvantage.Compute(zeros(3), zeros(3), zeros(3)));
        Assert.Contains("mask has shape [2,2], rewards has [2,3]", Assert.Throws<ArgumentException>(
            () => GeneralizedAdvantage.Compute(zeros(2, 3), zeros(2, 3), zeros(2, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneralizedAdvantage.Compute(zeros(1, 1), zeros(1, 1), ones(1, 1), gamma: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneralizedAdvantage.Compute(zeros(1, 1), zeros(1, 1), ones(1, 1), lambda: double.NaN));
    }

    // Equation 16 as a plain loop over one row's acted tokens.
    private static (double[] Advantages, double[] Returns) ByHand(double[] rewards, double[] values, bool[] acted, double gamma, double lambda)
    {
        var (advantages, returns) = (new double[rewards.Length], new double[rewards.Length]);
        for (var row = 0; row < Rows; row++)
        {
            var tokens = Enumerable.Range(row * Width, Width).Where(i => acted[i]).ToArray();
            double advantage = 0, next = 0;
            foreach (var i in tokens.Reverse())
            {
                advantage = rewards[i] + gamma * next - values[i] + gamma * lambda * advantage;
                next = values[i];
                (advantages[i], returns[i]) = (advantage, advantage + values[i]);
            }
        }
        return (advantages, returns);
    }
}
