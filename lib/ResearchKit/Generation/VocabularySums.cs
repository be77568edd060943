using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>What is known of some positions' distributions after part of the words; all [n], in float64, so that many tiles cost no digits.</summary>
/// <param name="Normalizer">log Σ exp z.</param>
/// <param name="Chosen">The logit of the token that stands there; 0 until its tile comes.</param>
/// <param name="MeanLogit">Σ p z.</param>
/// <param name="ReferenceNormalizer">log Σ exp z_ref.</param>
/// <param name="MeanDifference">Σ q (z_ref − z) with q = softmax z_ref.</param>
internal sealed record VocabularySums(Tensor Normalizer, Tensor Chosen, Tensor MeanLogit, Tensor ReferenceNormalizer, Tensor MeanDifference)
{
    private Tensor[] All => [Normalizer, Chosen, MeanLogit, ReferenceNormalizer, MeanDifference];

    internal static VocabularySums None(Tensor like)
    {
        Tensor zero = zeros(like.shape, ScalarType.Float64, like.device), nothing = zero.sub(double.PositiveInfinity);
        return new VocabularySums(nothing, zero, zero, nothing, zero);
    }

    /// <summary>With another tile's logits [n,w].</summary>
    internal VocabularySums With(Tensor z, (Tensor Columns, Tensor Elsewhere) targets, bool entropy, Tensor? reference)
    {
        var ofTile = Exactly(z.logsumexp(-1));
        var normalizer = logaddexp(Normalizer, ofTile);
        var chosen = Chosen.add(Exactly(z.gather(-1, targets.Columns).masked_fill_(targets.Elsewhere, 0).squeeze(-1)));
        var next = this with { Normalizer = normalizer, Chosen = chosen };
        if (entropy) next = next with { MeanLogit = Mean(MeanLogit, Normalizer, normalizer, ofTile, z.softmax(-1).mul_(z)) };
        if (reference is null) return next;
        var referenceOfTile = Exactly(reference.logsumexp(-1));
        var referenceNormalizer = logaddexp(ReferenceNormalizer, referenceOfTile);
        return next with { ReferenceNormalizer = referenceNormalizer, MeanDifference = Mean(MeanDifference, ReferenceNormalizer, referenceNormalizer, referenceOfTile, reference.softmax(-1).mul_(reference.sub(z))) };
    }

    /// <summary>Moves what was not there before to the outer dispose scope.</summary>
    internal VocabularySums Keep(VocabularySums before)
    {
        foreach (var tensor in All.Except(before.All, ReferenceEqualityComparer.Instance).Cast<Tensor>()) tensor.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Two means under a softmax, of the earlier tiles and of this one, weighed by their sums of exponentials.</summary>
    private static Tensor Mean(Tensor before, Tensor normalizerBefore, Tensor normalizer, Tensor ofTile, Tensor weighed) =>
        normalizerBefore.sub(normalizer).exp_().mul_(before).add_(ofTile.sub(normalizer).exp_().mul_(Exactly(weighed.sum(-1))));

    private static Tensor Exactly(Tensor values) => values.to_type(ScalarType.Float64);
}
