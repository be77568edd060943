using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>
/// The negative log-likelihood of a whole ranking under Plackett-Luce (Zhu, Jordan and Jiao 2023, arXiv 2301.11270, the K-wise
/// maximum likelihood estimator). Official code: SeanLeng1/Reward-Calibration 25ecc96, OpenRLHF/openrlhf/models/loss.py, KWiseMLELoss.
/// </summary>
public static class KWiseLoss
{
    /// <summary>−Σ_j [r_j − log Σ_{m ≥ j} exp r_m].</summary>
    /// <param name="rewards">Rewards [B,K], the best in the first column, the worst in the last.</param>
    /// <returns>Losses [B] in nats, not reduced.</returns>
    public static Tensor Compute(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        if (rewards.dim() != 2) throw new ArgumentException($"rewards have shape [{string.Join(',', rewards.shape)}]; [B,K] is expected", nameof(rewards));
        using var scope = NewDisposeScope();
        var rest = rewards.flip(1).logcumsumexp(1).flip(1);                  // log Σ_{m ≥ j} exp r_m  [B,K]
        return (rest - rewards).sum(1).MoveToOuterDisposeScope();
    }
}
