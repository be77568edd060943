using ResearchKit.Generation;
using ResearchKit.Policy;
using ResearchKit.Tests.Golden;
using ResearchKit.Tests.Preference;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class PolicyLossTests
{
    [Fact]
    public void Clipping_stops_the_gradient_where_the_policy_has_moved_far_enough_and_only_there()
    {
        using var scope = NewDisposeScope();
        // Ratios 2 and 0.5 with a good and a bad action each: only good-and-likelier and bad-and-rarer are far enough.
        var logProbs = tensor([Math.Log(2), Math.Log(2), Math.Log(0.5), Math.Log(0.5)]).requires_grad_(true);
        var loss = ClippedPolicyLoss.Compute(logProbs, zeros(4, ScalarType.Float64), tensor([1.0, -1, 1, -1]), clip: 0.2);
        loss.Losses.sum().backward();

        Assert.Equal([-1.2, 2, -0.5, 0.8], loss.Losses.Values().Select(l => Math.Round(l, 12)));
        Assert.Equal([1.0, 0, 0, 1], loss.Clipped.Values());
        Assert.Equal([0, 2, -0.5, 0], logProbs.grad!.Values().Select(g => Math.Round(g, 12)));
    }

    [Fact]
    public void At_the_policy_that_sampled_the_gradient_is_that_of_REINFORCE()
    {
        using var scope = NewDisposeScope();
        var (old, advantages) = (Vectors.Normal(2, 3, 4), Vectors.Normal(3, 3, 4));
        var logProbs = old.clone().requires_grad_(true);
        ClippedPolicyLoss.Compute(logProbs, old, advantages).Losses.sum().backward();

        Vectors.AssertClose([(-advantages).Values()], [logProbs.grad!.Values()], 1e-12);
    }

    [Fact]
    public void The_upper_bound_may_be_wider() =>
        Assert.Equal(-1.5, ClippedPolicyLoss.Compute(tensor([1.0]), tensor([0.0]), tensor([1.0]), clip: 0.2, clipHigh: 0.5).Losses.item<double>(), 12);

    [Fact]
    public void The_value_loss_is_half_the_square_without_clipping_and_never_below_it_with()
    {
        using var scope = NewDisposeScope();
        var (values, old, returns) = (Vectors.Normal(4, 50), Vectors.Normal(5, 50), Vectors.Normal(6, 50));
        var plain = ClippedValueLoss.Compute(values, old, returns, clip: null);
        var clipped = ClippedValueLoss.Compute(values, old, returns, clip: 0.2);

        Vectors.AssertClose([((values - returns).square() / 2).Values()], [plain.Losses.Values()], 1e-12);
        Assert.All(plain.Losses.Values().Zip(clipped.Losses.Values()), pair => Assert.True(pair.Second >= pair.First));
        Assert.Equal(0, plain.Clipped.sum().item<double>());
        Assert.InRange(clipped.Clipped.sum().item<double>(), 1, 49);
    }

    [Fact]
    public void Both_give_the_numbers_and_gradients_of_OpenRLHF_when_reduced_per_answer()
    {
        var cases = GoldenFile.Read(Path.Combine(Checkout.Root, "tests", "golden", "reward-calibration.json")).Cases
            .Where(item => item.Routine is "PolicyLoss" or "ValueLoss").ToArray();
        Assert.Equal(6, cases.Length);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var loss = LogProbs.Mean(item.Routine == "PolicyLoss" ? Policy(item) : Value(item), item.Input("action_mask")).mean();
            loss.backward();

            var expected = item.Outputs.Single(output => output.Name == "loss").Value.GetDouble();
            Assert.Equal(expected, loss.item<double>(), 1e-9 * Math.Abs(expected) + 1e-11);
            var gradient = item.Gradients.Single();
            Vectors.AssertClose([GoldenNumbers.Read(gradient.Value).Values], [item.Input(gradient.Name).grad!.Values()], 1e-9);
        }
    }

    [Fact]
    public void Shapes_that_would_broadcast_and_numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClippedPolicyLoss.Compute(zeros(2, 3), zeros(2, 3), zeros(2)));
        Assert.Throws<ArgumentException>(() => ClippedValueLoss.Compute(zeros(2, 3), zeros(2, 1), zeros(2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClippedPolicyLoss.Compute(zeros(1), zeros(1), zeros(1), clip: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClippedValueLoss.Compute(zeros(1), zeros(1), zeros(1), clip: -1));
    }

    private static Tensor Policy(GoldenCase item) =>
        ClippedPolicyLoss.Compute(item.Input("log_probs"), item.Input("old_log_probs"), item.Input("advantages"), item.Number("clip_eps")).Losses;

    private static Tensor Value(GoldenCase item) => ClippedValueLoss.Compute(
        item.Input("values"), item.Input("old_values"), item.Input("returns"),
        item.Parameter("clip_eps") is { ValueKind: System.Text.Json.JsonValueKind.Number } clip ? clip.GetDouble() : null).Losses;
}
