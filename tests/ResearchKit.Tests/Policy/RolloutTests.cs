using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Policy;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class RolloutTests
{
    private static readonly SamplingOptions Sampling = new() { MaxNewTokens = 9, StopTokens = [3, 4, 5], Temperature = 0.8 };

    [Fact]
    public void Log_probabilities_and_values_are_those_of_each_answer_by_itself()
    {
        using var scope = NewDisposeScope();
        using var policy = TinyModels.Create();
        using var reference = TinyModels.Create(seed: 2);
        using var generator = new RandomStreams(1).Generator("head");
        using var critic = new RewardModel(TinyModels.Create(seed: 3), ScalarHead.Create(24, generator));
        using var rollout = Collect(policy, reference, critic, Sampling);

        Assert.Equal(12, rollout.Completions.Count);
        Assert.True(rollout.Completions.Select(c => c.Tokens.Length).Distinct().Count() > 2);
        for (var i = 0; i < rollout.Completions.Count; i++)
        {
            var (prompt, tokens) = (rollout.Completions[i].Prompt, rollout.Completions[i].Tokens);
            var ids = tensor([.. prompt.Concat(tokens).Select(id => (long)id)]).unsqueeze(0);
            Tensor Alone(CausalLM model) => LogProbs.PerToken(model.Forward(ids) / 0.8, ids)[0, (prompt.Length - 1)..].detach();
            var end = tokens.Length;

            Assert.Equal(tokens.Select(token => (long)token), rollout.Batch.Actions[i, ..end].data<long>().ToArray());
            Assert.True(TinyModels.Distance(Alone(policy), rollout.LogProbs[i, ..end]) < 1e-4);
            Assert.True(TinyModels.Distance(Alone(reference), rollout.ReferenceLogProbs[i, ..end]) < 1e-4);
            Assert.True(TinyModels.Distance(critic.Values(ids)[0, (prompt.Length - 1)..(prompt.Length - 1 + end)], rollout.Values![i, ..end]) < 1e-4);
            foreach (var padded in new[] { rollout.LogProbs, rollout.ReferenceLogProbs, rollout.Values!, rollout.Mask }) Assert.Equal(0, padded[i, end..].abs().sum().item<float>());
            Assert.Equal(end, rollout.Mask[i].sum().item<float>());
        }
    }

    [Fact]
    public void A_restriction_holds_for_what_is_drawn_and_for_its_probability()
    {
        using var scope = NewDisposeScope();
        using var policy = TinyModels.Create();
        int[] letters = [7, 8, 9], numbers = [20, 21];
        using var rollout = Collect(policy, policy, null, new SamplingOptions { MaxNewTokens = 3, Restriction = new TokenRestriction(letters, null, numbers) });
        var logits = rollout.Batch.Logits(policy).detach();
        var free = (rollout.Batch with { Sampling = new SamplingOptions { MaxNewTokens = 3 } }).Logits(policy).detach();

        foreach (var completion in rollout.Completions)
        {
            Assert.Contains(completion.Tokens[0], letters);
            Assert.Contains(completion.Tokens[2], numbers);
        }
        Assert.Contains(rollout.Completions, c => !letters.Contains(c.Tokens[1]) && !numbers.Contains(c.Tokens[1]));
        var among = tensor(letters.Select(id => (long)id).ToArray());
        var expected = free[.., 0].index_select(1, among).log_softmax(1);
        var chosen = tensor(rollout.Completions.Select(c => (long)Array.IndexOf(letters, c.Tokens[0])).ToArray()).unsqueeze(1);
        Assert.True(TinyModels.Distance(expected.gather(1, chosen).squeeze(1), rollout.LogProbs[.., 0]) < 1e-5);
        Assert.True(TinyModels.Distance(logits[.., 1], free[.., 1]) == 0);
        Assert.True(TinyModels.Distance(rollout.LogProbs, rollout.ReferenceLogProbs) == 0);
    }

    [Fact]
    public void Rows_of_a_batch_score_as_the_whole()
    {
        using var scope = NewDisposeScope();
        using var policy = TinyModels.Create();
        using var rollout = Collect(policy, policy, null, Sampling);
        var rows = tensor([7L, 0, 4]);
        using var some = rollout.Batch.Rows(rows);

        Assert.True(TinyModels.Distance(rollout.LogProbs.index_select(0, rows), some.LogProbs(some.Logits(policy))) < 1e-5);
    }

    [Fact]
    public void A_distribution_that_is_not_the_policys_is_refused()
    {
        using var policy = TinyModels.Create();
        foreach (var sampling in new[] { Sampling with { Temperature = 0 }, Sampling with { TopK = 3 }, Sampling with { TopP = 0.9 } })
            Assert.Contains("probabilities that were drawn from", Assert.Throws<GenerationException>(() => Collect(policy, policy, null, sampling)).Message, StringComparison.Ordinal);
        Assert.Throws<GenerationException>(() => Collect(policy, policy, null, Sampling, []));
    }

    private static Rollout Collect(CausalLM policy, CausalLM reference, RewardModel? critic, SamplingOptions sampling, int[][]? prompts = null)
    {
        using var generator = new RandomStreams(4).Generator("rollouts");
        return Rollout.Collect(policy, reference, critic, prompts ?? TinyModels.Prompts(6, 2, 7), 2, sampling, generator);
    }
}
