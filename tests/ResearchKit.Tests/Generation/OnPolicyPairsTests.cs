using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Generation;

public sealed class OnPolicyPairsTests
{
    private static readonly SamplingOptions Sampling = new() { MaxNewTokens = 4, StopTokens = [2] };

    [Fact]
    public void The_chosen_answer_has_the_higher_reward_by_at_least_the_gap()
    {
        var streams = new RandomStreams(1);
        using var init = streams.Generator("init");
        using var model = CausalLM.Create(ModelConfig.Tiny(12, 8, 1, 2, 8), init);
        using var generator = streams.Generator("pairs");
        static double Reward(int[] prompt, int[] answer) => answer.Length == 0 ? 0 : answer.Average() / 12;

        var pairs = OnPolicyPairs.Sample(model, () => [1, 5], Reward, 0.1, 50, Sampling, generator);

        Assert.Equal(50, pairs.Count);
        Assert.All(pairs, pair => Assert.True(Reward(pair.Prompt, pair.Chosen) - Reward(pair.Prompt, pair.Rejected) >= 0.1));
        Assert.All(pairs, pair => Assert.Equal([1, 5], pair.Prompt));
    }

    [Fact]
    public void A_reward_that_never_differs_ends_in_an_error_that_says_what_to_change()
    {
        var streams = new RandomStreams(1);
        using var init = streams.Generator("init");
        using var model = CausalLM.Create(ModelConfig.Tiny(6, 4, 1, 1, 4), init);
        using var generator = streams.Generator("pairs");

        var error = Assert.Throws<GenerationException>(() =>
            OnPolicyPairs.Sample(model, () => [1], (_, _) => 0.5, 0.1, 1, new SamplingOptions { MaxNewTokens = 1 }, generator));

        Assert.Contains("only 0 of 1 pairs", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower the gap", error.Message, StringComparison.Ordinal);
    }
}
