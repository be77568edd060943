using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Runtime;
using ResearchKit.Worlds;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class PairLogProbsTests
{
    private readonly AttributeWorld world = new();

    [Fact]
    public void Precomputed_reference_log_probabilities_are_those_of_a_forward_pass_of_the_same_batch()
    {
        using var scope = NewDisposeScope();
        var (policy, reference) = (Model(1), Model(2));
        var pairs = Pairs();
        // Other rows in another order and width than those it was computed with.
        var cache = ReferenceLogProbs.Precompute(reference, pairs, 0, batchSize: 3);
        foreach (int[] rows in new int[][] { [4, 0, 7], [2], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] })
        {
            using var batch = PairBatch.Collate([.. rows.Select(i => pairs[i])], 0);
            using var frozen = LogProbs.PerToken(reference.Forward(batch.Ids), batch.Ids);
            var mask = batch.CompletionMask[.., 1..];

            var cached = cache.Batch(rows);

            Assert.Equal(frozen.shape, cached.shape);
            Assert.True(cached.allclose(frozen.masked_fill(mask.eq(0), 0), 1e-5, 1e-5));
            var p = PairLogProbs.Of(policy.Forward(batch.Ids), cached, batch);
            var ratio = LogProbs.Sum(LogRatio.PerToken(policy.Forward(batch.Ids), reference.Forward(batch.Ids), batch.Ids), mask);
            Assert.True(cat([p.ChosenRatio, p.RejectedRatio]).allclose(ratio, 1e-4, 1e-4));
        }
    }

    [Fact]
    public void Sums_means_lengths_and_the_nll_are_those_of_the_answers_tokens()
    {
        using var scope = NewDisposeScope();
        var policy = Model(1);
        var pairs = Pairs();
        using var batch = PairBatch.Collate(pairs, 0);
        var zeroReference = zeros(batch.Ids.shape[0], batch.Ids.shape[1] - 1);

        var p = PairLogProbs.Of(policy.Forward(batch.Ids), zeroReference, batch);

        Assert.Equal(pairs.Select(pair => (long)pair.Chosen.Length), p.ChosenLengths.data<long>());
        Assert.Equal(pairs.Select(pair => (long)pair.Rejected.Length), p.RejectedLengths.data<long>());
        Assert.True(p.ChosenRatio.allclose(p.PolicyChosen));
        Assert.True((p.RejectedMean * p.RejectedLengths).allclose(p.PolicyRejected));
        Assert.Equal(-p.PolicyChosen.sum().item<float>() / pairs.Sum(pair => pair.Chosen.Length), p.ChosenNll.item<float>(), 1e-5);
        Assert.True((p.TokenRatios.Rejected * p.Masks.Rejected).sum(-1).allclose(p.RejectedRatio, 1e-4, 1e-5));
        Assert.True(p.ChosenRatio.requires_grad && !p.ReferenceChosen.requires_grad);
    }

    [Fact]
    public void An_empty_batch_and_no_pairs_at_a_time_are_refused()
    {
        var cache = ReferenceLogProbs.Precompute(Model(1), Pairs(), 0);

        Assert.Throws<ArgumentException>(() => cache.Batch([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReferenceLogProbs.Precompute(Model(1), Pairs(), 0, batchSize: 0));
    }

    private IReadOnlyList<TokenizedPair> Pairs() => world.CleanPairs(10, new RandomStreams(3).Rng("pairs"));

    private CausalLM Model(long seed)
    {
        using var init = new RandomStreams(seed).Generator("init");
        return CausalLM.Create(ModelConfig.Tiny(world.Tokenizer.VocabSize, 16, 1, 2, AttributeWorld.MaxLength) with { InitializerRange = 0.3 }, init);
    }
}
