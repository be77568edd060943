using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class HybridRewardTests
{
    // Two questions, the first verifiable; of its answers the rule parses the first (right) and half-trusts the third.
    private static readonly RewardScore Rule = new(tensor([1.0, 0, 1, 0, 0, 0], [2, 3]), tensor([1, 0, 0.5, 1, 1, 1], [2, 3]));
    private static readonly Tensor Model = tensor([0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [2, 3]);

    [Theory]
    [InlineData(HybridGate.ByQuestion, new[] { 1, 0, 1, 0.5, 0.6, 0.7 })]
    [InlineData(HybridGate.ByResponse, new[] { 1, 0.3, 1, 0.5, 0.6, 0.7 })]
    [InlineData(HybridGate.Soft, new[] { 1, 0.3, 0.7, 0.5, 0.6, 0.7 })]
    public void The_gate_decides_who_speaks_and_open_questions_are_the_models(HybridGate gate, double[] expected) =>
        Vectors.AssertClose([expected], [HybridReward.Combine(Rule, Model, gate, [true, false]).Values()], 1e-12);

    [Fact]
    public void A_model_that_has_no_score_behind_a_shut_gate_does_not_leak()
    {
        var rewards = HybridReward.Combine(Rule, tensor([double.NaN, 0.3, 0.4, 0.5, 0.6, 0.7], [2, 3]), HybridGate.ByQuestion, [true, false]);

        Assert.Equal(1, rewards.Values()[0]);
        Assert.Throws<ArgumentException>(() => HybridReward.Combine(Rule, zeros(3, 2), HybridGate.Soft, [true, false]));
    }

    [Fact]
    public void A_rule_is_sure_of_what_it_parses_and_silent_about_the_rest()
    {
        static Parsed<int> Parse(string text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? new(true, number) : default;
        var score = RuleReward.Score<string, int>([["4", "five", "7"], ["1", "2", ""]], [4, 12], Parse, (a, b) => a % 10 == b % 10);

        Assert.Equal([1.0, 0, 0, 0, 1, 0], score.Value.Values());
        Assert.Equal([1.0, 0, 1, 1, 1, 0], score.Confidence.Values());
        Assert.Throws<ArgumentException>(() => RuleReward.Score<string, int>([["4"], ["1", "2"]], [4, 2], Parse));
    }

    [Fact]
    public void A_scale_squashes_its_own_samples_round_a_half()
    {
        var samples = tensor([1.0, 3]);
        var scale = RewardScale.Of(samples);

        Assert.Equal((2, 1), (scale.Mean, scale.Deviation));
        Vectors.AssertClose([[1 / (1 + Math.E), 1 / (1 + 1 / Math.E)]], [scale.Squash(samples).Values()], 1e-12);
        Assert.Throws<ArgumentException>(() => RewardScale.Of(ones(4)));
    }

    [Fact]
    public void Likeness_to_a_reference_is_a_cosine_without_a_negative_side()
    {
        var answers = tensor([1.0, 0, 3, 4, -1, 0, 0, 0], [1, 4, 2]);
        var reference = tensor([2.0, 0], [1, 1, 2]);

        Assert.Equal([1, 0.6, 0, 0], EmbeddingReward.Of(answers, reference).Values());
    }
}
