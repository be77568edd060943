using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Several losses in one objective: DPO with an SFT term, MPO, CPO, ORPO. Official code: huggingface/trl f2cd577,
/// trl/trainer/dpo_trainer.py, loss_type as a list with loss_weights.
/// </summary>
public static class WeightedSum
{
    /// <summary>Σ_k w_k mean(L_k), a scalar.</summary>
    /// <param name="terms">Losses of any shape (each is averaged) with their weights; at least one.</param>
    public static Tensor Of(params ReadOnlySpan<(Tensor Losses, double Weight)> terms)
    {
        if (terms.IsEmpty) throw new ArgumentException("a sum needs at least one term", nameof(terms));
        using var scope = NewDisposeScope();
        var sum = terms[0].Weight * terms[0].Losses.mean();
        foreach (var (losses, weight) in terms[1..]) sum += weight * losses.mean();
        return sum.MoveToOuterDisposeScope();
    }
}
