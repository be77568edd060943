using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

/// <summary>Prompts computed once against prompts computed with every answer: values and gradients.</summary>
public sealed class SharedPromptLogProbsTests
{
    private static readonly TokenizedPair[] Ragged = [new([1, 5, 9, 3], [7, 2], [8, 9, 2]), new([1, 6], [3, 3, 3, 2], [2]), new([4], [4, 2], [10, 11, 5])];
    private static readonly TokenizedPair[] Even = [new([1, 5, 9, 3], [7, 2], [8, 9]), new([1, 6, 2, 2], [3, 3], [2, 1])];

    public static TheoryData<ModelFamily, bool> Cases()
    {
        var cases = new TheoryData<ModelFamily, bool>();
        foreach (var family in TinyModels.Families.Where(family => family != ModelFamily.Mistral)) foreach (var even in new[] { true, false }) cases.Add(family, even);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pairs_have_the_log_probabilities_and_gradients_of_whole_rows(ModelFamily family, bool even)
    {
        using var model = TinyModels.Create(family);
        Same(model, 2e-6, even ? Even : Ragged);
    }

    [Fact]
    public void In_float64_they_agree_to_the_last_digits()
    {
        using var model = TinyModels.Create(ModelFamily.Qwen3);
        model.to(ScalarType.Float64);
        Same(model, 1e-12, Ragged);
    }

    [Fact]
    public void An_adapter_is_part_of_the_shared_pass()
    {
        using var model = TinyModels.Create(ModelFamily.Llama);
        using var generator = new RandomStreams(3).Generator("adapter");
        LoraAdapter.Attach(model, new LoraOptions { Rank = 2, TargetModules = ["q_proj", "v_proj", "down_proj"] }, generator);
        using (no_grad()) foreach (var parameter in model.parameters().Where(parameter => parameter.requires_grad)) parameter.add_(0.1);
        Same(model, 2e-6, Ragged);
    }

    [Fact]
    public void A_model_that_moved_or_took_another_adapter_is_read_afresh()
    {
        using var model = TinyModels.Create(ModelFamily.Gpt2);
        Same(model, 2e-6, Ragged);
        model.to(ScalarType.Float64);
        Same(model, 1e-12, Ragged);
        using var generator = new RandomStreams(3).Generator("adapter");
        foreach (var target in new[] { "c_attn", "c_fc" })
        {
            var adapter = LoraAdapter.Attach(model, new LoraOptions { Rank = 2, TargetModules = [target] }, generator);
            using (no_grad()) foreach (var parameter in model.parameters().Where(parameter => parameter.requires_grad)) parameter.add_(0.1);
            Same(model, 1e-12, Ragged);
            adapter.Unload();
        }
        Same(model, 1e-12, Ragged);
    }

    [Theory]
    [InlineData(ModelFamily.Gpt2, 5)]
    [InlineData(ModelFamily.Gpt2, 8)]
    [InlineData(ModelFamily.Qwen2, 8)]
    public void Groups_of_any_size_agree_too_with_entropy_and_kl(ModelFamily family, int answers)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(family);
        using var reference = TinyModels.Create(family, seed: 2).FrozenCopy();
        var rng = new Rng(6);
        int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => rng.Next(31))];
        using var batch = SharedPromptBatch.Collate([.. Enumerable.Range(0, 3).Select(_ => (Tokens(4 + rng.Next(3)), (IReadOnlyList<int[]>)[.. Enumerable.Range(0, answers).Select(_ => Tokens(1 + rng.Next(6)))]))], padId: 0);
        var advantages = tensor(Enumerable.Range(0, 3 * answers).Select(_ => rng.NextDouble() - 0.5).ToArray(), ScalarType.Float32);
        SameBy(2e-6, model, sharing =>
        {
            var scores = SharedPromptLogProbs.PerToken(model, batch, sharing, entropy: true, reference);
            Tensor Mean(Tensor perToken) => LogProbs.Mean(perToken, batch.Mask);
            // GRPO's shape: advantages on the answers' tokens, a KL to the reference, an entropy bonus.
            var loss = (Mean(scores.ForwardKl!) * 0.1 - Mean(scores.LogProbs) * advantages - Mean(scores.Entropy!) * 0.01).mean();
            return (loss, [scores.LogProbs, scores.Entropy!, scores.ForwardKl!]);
        });
        Assert.All(reference.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void The_plain_twin_is_the_log_probability_of_the_rows_that_a_pair_batch_holds()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        using var batch = SharedPromptBatch.Collate(Ragged, padId: 0);
        using var rows = PairBatch.Collate(Ragged, padId: 0);
        var expected = LogProbs.Sum(LogProbs.PerToken(model.Forward(rows.Ids), rows.Ids), rows.CompletionMask[.., 1..]);
        var found = LogProbs.Sum(SharedPromptLogProbs.PerToken(model, batch, PromptSharing.Never).LogProbs, batch.Mask);
        Assert.InRange(TinyModels.Distance(expected, found), 0, 1e-5);
    }

    [Fact]
    public void Sharing_is_left_where_it_would_not_pay()
    {
        using var model = TinyModels.Create();
        bool Shares(ModelConfig config, int prompt, int answer, int answers)
        {
            using var batch = SharedPromptBatch.Collate([(new int[prompt], [.. Enumerable.Range(0, answers).Select(_ => new int[answer])])], padId: 0);
            return SharedPromptLogProbs.Shares(config, batch);
        }
        Assert.True(Shares(model.Config, 48, 48, 2));
        Assert.True(Shares(model.Config, 48, 48, 8));
        Assert.False(Shares(model.Config, 4, 48, 2));
        Assert.False(Shares(model.Config, 48, 48, 1));
        Assert.False(Shares(model.Config, 1, 4, 8));
        Assert.False(Shares(model.Config with { SlidingWindow = 8 }, 48, 48, 8));
    }

    [Fact]
    public void What_cannot_be_shared_or_scored_is_an_error_that_says_why()
    {
        using var model = TinyModels.Create(ModelFamily.Mistral);
        using var batch = SharedPromptBatch.Collate(Even, padId: 0);
        Assert.Contains("sliding window", Assert.Throws<ModelException>(() => SharedPromptLogProbs.PerToken(model, batch, PromptSharing.Always)).Message, StringComparison.Ordinal);
        Assert.Contains("prompt 1 has 1 answers, prompt 0 has 2", Assert.Throws<ArgumentException>(() => SharedPromptBatch.Collate([([1], [[1], [2]]), ([1], [[1]])], 0)).Message, StringComparison.Ordinal);
    }

    private static void Same(CausalLM model, double tolerance, TokenizedPair[] pairs)
    {
        using var scope = NewDisposeScope();
        using var batch = SharedPromptBatch.Collate(pairs, padId: 0);
        SameBy(tolerance, model, sharing =>
        {
            var scores = SharedPromptLogProbs.PerToken(model, batch, sharing).LogProbs;
            return (LogProbs.Mean(scores, batch.Mask).mean(), [scores]);
        });
    }

    /// <summary>Values, and the gradients of a loss, with prompts shared and not: apart by at most the tolerance, times the largest number where that is above 1.</summary>
    private static void SameBy(double tolerance, CausalLM model, Func<PromptSharing, (Tensor Loss, Tensor[] Values)> run)
    {
        (Tensor[] Values, Tensor?[] Gradients) Run(PromptSharing sharing)
        {
            foreach (var parameter in model.parameters()) parameter.grad = null;
            var (loss, values) = run(sharing);
            loss.backward();
            return ([.. values.Select(value => value.detach())], [.. model.parameters().Select(parameter => parameter.grad?.clone())]);
        }
        var (shared, plain) = (Run(PromptSharing.Always), Run(PromptSharing.Never));
        foreach (var (expected, found) in plain.Values.Zip(shared.Values)) Near(expected, found);
        Assert.Contains(plain.Gradients, gradient => gradient is not null);
        foreach (var (expected, found) in plain.Gradients.Zip(shared.Gradients))
        {
            Assert.Equal(expected is null, found is null);
            if (expected is not null) Near(expected, found!);
        }

        void Near(Tensor expected, Tensor found)
        {
            var size = Math.Max(1, expected.abs().max().to_type(ScalarType.Float64).item<double>());
            var distance = (expected - found).abs().max().to_type(ScalarType.Float64).item<double>();
            Assert.True(distance <= tolerance * size, $"{distance:E2} apart, of numbers up to {size:G3}");
        }
    }
}
