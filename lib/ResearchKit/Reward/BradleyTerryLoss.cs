using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// The pairwise loss of an explicit reward model: the negative log-likelihood of the preferences under the Bradley-Terry
/// model (Ouyang et al. 2022, arXiv 2203.02155, equation 1), with a margin (Touvron et al. 2023, arXiv 2307.09288,
/// equation 2) and the centring of Eisenstein et al. (2023, arXiv 2312.09244). Official code: huggingface/trl f2cd577,
/// trl/trainer/reward_trainer.py, RewardTrainer.compute_loss.
/// </summary>
public static class BradleyTerryLoss
{
    /// <summary>Loss of B pairs: −log σ(r_w − r_l − margin) + c (r_w + r_l)².</summary>
    /// <param name="chosen">Rewards of the chosen answers [B].</param>
    /// <param name="rejected">Rewards of the rejected answers [B].</param>
    /// <param name="margin">By how much each chosen answer must be ahead [B]; null for 0.</param>
    /// <param name="centering">c, not negative: holds the rewards' mean at 0, which the pairs alone leave open. 0 turns it off.</param>
    /// <returns>Losses [B] in nats, not reduced: a training step takes their mean.</returns>
    /// <exception cref="ArgumentException">The shapes differ: a broadcast would compare every pair with every other.</exception>
    public static Tensor Compute(Tensor chosen, Tensor rejected, Tensor? margin = null, double centering = 0)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        SameShape(chosen, rejected, nameof(rejected));
        if (margin is not null) SameShape(chosen, margin, nameof(margin));
        if (!(centering >= 0) || !double.IsFinite(centering)) throw new ArgumentOutOfRangeException(nameof(centering), centering, "a finite number, not below 0, is expected");

        using var scope = NewDisposeScope();
        var ahead = chosen - rejected;
        if (margin is not null) ahead = ahead - margin;
        var losses = -nn.functional.logsigmoid(ahead);
        if (centering > 0) losses = losses + centering * (chosen + rejected).square();
        return losses.MoveToOuterDisposeScope();
    }

    private static void SameShape(Tensor chosen, Tensor other, string name)
    {
        if (chosen.shape.SequenceEqual(other.shape)) return;
        throw new ArgumentException(
            $"{name} has shape [{string.Join(',', other.shape)}], chosen has [{string.Join(',', chosen.shape)}]: one value per pair is expected in each", name);
    }
}
