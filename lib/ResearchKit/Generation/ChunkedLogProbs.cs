using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// <see cref="LogProbs.PerToken"/> without the logits: from hidden states and the output layer, some words at a time, so
/// that neither the logits [B,T,V] nor their gradient ever stand in memory as a whole. Entropy and forward KL come from the
/// same pass. Values and gradients are those of the plain routines up to rounding.
/// </summary>
/// <remarks>Sums and means are <see cref="LogProbs.Sum"/> and <see cref="LogProbs.Mean"/> of the result.</remarks>
public static class ChunkedLogProbs
{
    /// <summary>Scores of N tokens.</summary>
    /// <param name="hidden">Hidden states [N,D] that predict them (<see cref="CausalLM.Hidden"/>), differentiable.</param>
    /// <param name="weight">The output layer [V,D], differentiable.</param>
    /// <param name="targets">The tokens [N], int64.</param>
    /// <param name="entropy">Whether the entropy is wanted.</param>
    /// <param name="reference">A frozen reference's hidden states of the same positions, where the forward KL is wanted.</param>
    /// <param name="words">Words at a time; 0 takes as many as fill 16 MB with logits.</param>
    /// <returns>[N] each; float32, or float64 if given.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static VocabularyScores Of(Tensor hidden, Tensor weight, Tensor targets, bool entropy = false, ReferenceStates? reference = null, int words = 0) =>
        Of(hidden, weight, targets, entropy, reference, VocabularyPass.TileRows, words);

    /// <summary>The same, some positions at a time.</summary>
    internal static VocabularyScores Of(Tensor hidden, Tensor weight, Tensor targets, bool entropy, ReferenceStates? reference, int rows, int words)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        if (hidden.dim() != 2 || weight.dim() != 2 || targets.dim() != 1 || hidden.shape[1] != weight.shape[1] || hidden.shape[0] != targets.shape[0])
            throw new ArgumentException($"expected hidden states [N,D], an output layer [V,D] and tokens [N], found {Shape(hidden)}, {Shape(weight)} and {Shape(targets)}", nameof(hidden));
        if (reference is not null && (reference.Hidden.shape[0] != hidden.shape[0] || reference.Weight.shape[0] != weight.shape[0]))
            throw new ArgumentException($"the reference has hidden states {Shape(reference.Hidden)} and an output layer {Shape(reference.Weight)}; the policy has {Shape(hidden)} and {Shape(weight)}: as many positions and words are expected", nameof(reference));
        using var scope = NewDisposeScope();
        if (words == 0) words = (int)Math.Clamp(VocabularyPass.TileSize / Math.Max(1, Math.Min(rows, hidden.shape[0])), 1, weight.shape[0]);
        var scores = VocabularyPass.Of(hidden, weight, targets, entropy, reference, rows, words);
        return new VocabularyScores(scores[0], entropy ? scores[1] : null, reference is null ? null : scores[scores.shape[0] - 1]).Select(tensor => tensor.MoveToOuterDisposeScope());
    }

    /// <summary>Scores of the tokens of a batch that a mask names; the others cost nothing but the model's own pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">Token ids [B,T], padded on the right.</param>
    /// <param name="completionMask">1 on the tokens to score [B,T], as in <see cref="Data.PairBatch"/>; the first column is never scored.</param>
    /// <param name="entropy">Whether the entropy is wanted.</param>
    /// <param name="reference">A frozen reference, where the forward KL is wanted.</param>
    /// <returns>[B,T-1] each, as <see cref="LogProbs.PerToken"/> places them; 0 outside the mask.</returns>
    public static VocabularyScores PerToken(CausalLM model, Tensor ids, Tensor completionMask, bool entropy = false, CausalLM? reference = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(completionMask);
        if (ids.dim() != 2 || ids.shape[1] < 2 || !ids.shape.SequenceEqual(completionMask.shape))
            throw new ArgumentException($"expected ids and a mask [B,T] with T at least 2, found {Shape(ids)} and {Shape(completionMask)}", nameof(completionMask));
        using var scope = NewDisposeScope();
        var (batch, scored) = (ids.shape[0], ids.shape[1] - 1);
        var places = completionMask.narrow(1, 1, scored).reshape(-1).nonzero().squeeze(-1);  // [N]
        var targets = ids.narrow(1, 1, scored).reshape(-1).index_select(0, places);
        Tensor States(CausalLM of) => of.Hidden(ids).narrow(1, 0, scored).reshape(batch * scored, -1).index_select(0, places);
        return OfModel(model, States(model), targets, entropy, reference, States).Select(values =>
            zeros([batch * scored], values.dtype, values.device).index_add(0, places, values, 1).view(batch, scored).MoveToOuterDisposeScope());
    }

    /// <summary>Scores of hidden states that a function takes from the model and, under no_grad, from the reference.</summary>
    internal static VocabularyScores OfModel(CausalLM model, Tensor hidden, Tensor targets, bool entropy, CausalLM? reference, Func<CausalLM, Tensor> states)
    {
        ReferenceStates? frozen = null;
        if (reference is not null)
        {
            using var noGradient = no_grad();
            frozen = OutputWeight.Of(reference) is { } other
                ? new ReferenceStates(states(reference), other)
                : throw new ArgumentException("the reference has a low-rank adapter on its output layer; merge it first", nameof(reference));
        }
        if (OutputWeight.Of(model) is not { } weight)
            throw new ArgumentException("the model has a low-rank adapter on its output layer, whose logits are no single product; use LogProbs, or leave lm_head out of the adapter's targets", nameof(model));
        return Of(hidden, weight, targets, entropy, frozen);
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(',', tensor.shape)}]";
}
