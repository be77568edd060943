using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

/// <summary>The chunked pass against its plain twin: values and gradients.</summary>
public sealed class ChunkedLogProbsTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 100, 3, false, false, 1e-12)]
    [InlineData(ScalarType.Float64, 100, 7, true, true, 1e-12)]
    [InlineData(ScalarType.Float64, 4, 10, true, true, 1e-12)]
    [InlineData(ScalarType.Float64, 4, 100, false, true, 1e-12)]
    [InlineData(ScalarType.Float64, 100, 100, true, false, 1e-12)] // one tile: its logits are kept
    [InlineData(ScalarType.Float32, 4, 4, true, true, 2e-6)]
    [InlineData(ScalarType.Float32, 100, 100, false, false, 2e-6)]
    [InlineData(ScalarType.Float32, 100, 0, true, true, 2e-6)]
    public void Values_and_gradients_are_those_of_the_whole_logits(ScalarType type, int rows, int words, bool entropy, bool kl, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        Tensor Random(params long[] shape) => randn(shape, type, generator: generator);
        var (hidden, weight) = (Random(11, 6).requires_grad_(true), Random(29, 6).requires_grad_(true));
        var (plainHidden, plainWeight) = (hidden.detach().clone().requires_grad_(true), weight.detach().clone().requires_grad_(true));
        var targets = randint(29, [11], ScalarType.Int64, generator: generator);
        var reference = kl ? new ReferenceStates(Random(11, 4), Random(29, 4)) : null;
        var pull = Random(3, 11); // an arbitrary loss: a weight for each number

        var scores = ChunkedLogProbs.Of(hidden, weight, targets, entropy, reference, rows, words);
        var loss = (scores.LogProbs * pull[0]).sum();
        if (scores.Entropy is not null) loss = loss + (scores.Entropy * pull[1]).sum();
        if (scores.ForwardKl is not null) loss = loss + (scores.ForwardKl * pull[2]).sum();
        loss.backward();

        var logP = plainHidden.matmul(plainWeight.t()).log_softmax(-1);
        var chosen = logP.gather(-1, targets.unsqueeze(-1)).squeeze(-1);
        var plainEntropy = -(logP.exp() * logP).sum(-1);
        var plain = (chosen * pull[0]).sum();
        if (entropy) plain = plain + (plainEntropy * pull[1]).sum();
        Tensor? plainKl = null;
        if (reference is not null)
        {
            var logQ = reference.Hidden.matmul(reference.Weight.t()).log_softmax(-1);
            plainKl = (logQ.exp() * (logQ - logP)).sum(-1);
            plain = plain + (plainKl * pull[2]).sum();
        }
        plain.backward();

        Near(chosen, scores.LogProbs, tolerance);
        Assert.Equal((entropy, kl), (scores.Entropy is not null, scores.ForwardKl is not null));
        if (entropy) Near(plainEntropy, scores.Entropy!, tolerance);
        if (kl) Near(plainKl!, scores.ForwardKl!, tolerance);
        Near(plainHidden.grad!, hidden.grad!, tolerance);
        Near(plainWeight.grad!, weight.grad!, tolerance);
    }

    [Theory]
    [InlineData(ModelFamily.Gpt2)]
    [InlineData(ModelFamily.Qwen2)]
    public void A_batch_is_scored_as_by_the_plain_routines_and_0_stands_outside_the_mask(ModelFamily family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(family);
        using var twin = model.Copy();
        using var reference = TinyModels.Create(family, seed: 2).FrozenCopy();
        using var batch = PairBatch.Collate([new([1, 5], [7, 2], [8, 9, 2]), new([1, 6, 4], [3, 3, 3, 2], [2])], padId: 0);
        var mask = batch.CompletionMask[.., 1..];

        var scores = ChunkedLogProbs.PerToken(model, batch.Ids, batch.CompletionMask, entropy: true, reference);
        (LogProbs.Mean(scores.LogProbs, mask).sum() + LogProbs.Sum(scores.ForwardKl!, mask).sum() + scores.Entropy!.sum()).backward();

        var logits = twin.Forward(batch.Ids);
        var plain = LogProbs.PerToken(logits, batch.Ids) * mask;
        var other = reference.Forward(batch.Ids);
        var plainKl = SequentialKl.Forward(logits, other)[.., ..^1] * mask;
        var logP = logits.log_softmax(-1);
        var plainEntropy = -(logP.exp() * logP).sum(-1)[.., ..^1] * mask;
        (LogProbs.Mean(plain, mask).sum() + plainKl.sum() + plainEntropy.sum()).backward();

        Near(plain, scores.LogProbs, 2e-6);
        Near(plainKl, scores.ForwardKl!, 2e-6);
        Near(plainEntropy, scores.Entropy, 2e-6);
        foreach (var ((name, expected), (_, found)) in twin.named_parameters().Zip(model.named_parameters()))
            Assert.True(TinyModels.Distance(expected.grad!, found.grad!) <= 2e-6 * Math.Max(1, expected.grad!.abs().max().item<float>()), name);
        Assert.All(reference.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_frozen_side_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight) = (randn(5, 3).requires_grad_(true), randn(7, 3));
        ChunkedLogProbs.Of(hidden, weight, zeros([5], ScalarType.Int64), words: 2).LogProbs.sum().backward();
        Assert.NotNull(hidden.grad);
        Assert.Null(weight.grad);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => ChunkedLogProbs.Of(zeros(5, 3), zeros(7, 4), zeros([5], ScalarType.Int64)));
        Assert.Contains("found [5,3], [7,4] and [5]", error.Message, StringComparison.Ordinal);
    }

    private static void Near(Tensor expected, Tensor found, double tolerance)
    {
        var distance = (expected.detach() - found.detach()).abs().max().to_type(ScalarType.Float64).item<double>();
        Assert.True(distance <= tolerance * Math.Max(1, expected.detach().abs().max().to_type(ScalarType.Float64).item<double>()), $"{distance:E2} apart");
    }
}
