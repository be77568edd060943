using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Kahneman-Tversky Optimization (Ethayarajh et al. 2024, arXiv 2402.01306, equation 7): unpaired good and bad answers, each valued
/// against a common reference point. Official code: huggingface/trl f2cd577, trl/trainer/kto_trainer.py, _compute_loss;
/// ContextualAI/HALOs 4831988, train/trainers.py, KTOTrainer.loss.
/// </summary>
/// <remarks>
/// With a baseline of 0 this is TRL's "apo_zero_unpaired", and on pairs half of <see cref="ApoZeroLoss"/>. TRL logs β log π/π_ref as
/// rewards, and so does this; HALOs logs the log-ratios without β.
/// </remarks>
public static class KtoLoss
{
    /// <summary>z: the mean log-ratio of answers put under other prompts, an estimate of the KL, not below 0, without gradient.</summary>
    /// <param name="mismatchedLogRatio">log π/π_ref of each mismatched answer [N].</param>
    /// <param name="skipZeros">Whether a log-ratio of exactly 0 is left out of the mean (HALOs) or counted (TRL).</param>
    public static double Baseline(Tensor mismatchedLogRatio, bool skipZeros = false)
    {
        ArgumentNullException.ThrowIfNull(mismatchedLogRatio);
        using var scope = NewDisposeScope();
        var wide = mismatchedLogRatio.detach().to_type(ScalarType.Float64);
        var count = skipZeros ? wide.ne(0).sum().item<long>() : wide.numel();
        return Math.Max(0, wide.sum().item<double>() / Math.Max(1, count));
    }

    /// <summary>Loss and implicit rewards of unpaired answers.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each desirable answer, summed over its tokens [Nc], possibly none.</param>
    /// <param name="rejectedLogRatio">The same of each undesirable answer [Nr], possibly none.</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="baseline">z ≥ 0, one number for the batch (<see cref="Baseline"/>).</param>
    /// <param name="desirableWeight">w_D; w_D N_D ≈ w_U N_U balances the two kinds.</param>
    /// <param name="undesirableWeight">w_U.</param>
    /// <returns>Losses [Nc+Nr], desirable first; rewards β(log π − log π_ref), detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double baseline, double desirableWeight = 1, double undesirableWeight = 1)
    {
        ArgumentNullException.ThrowIfNull(chosenLogRatio);
        ArgumentNullException.ThrowIfNull(rejectedLogRatio);
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.NotNegative(baseline, nameof(baseline));

        using var scope = NewDisposeScope();
        // L = w_D (1 − σ(β (ρ_w − z)));  L = w_U (1 − σ(β (z − ρ_l)))
        var chosenLosses = desirableWeight * (-beta * (chosenLogRatio - baseline)).sigmoid();
        var rejectedLosses = undesirableWeight * (-beta * (baseline - rejectedLogRatio)).sigmoid();
        return Pairwise.Outcome(cat([chosenLosses, rejectedLosses]), beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
