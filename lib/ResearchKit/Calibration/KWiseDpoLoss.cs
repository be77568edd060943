using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>
/// The K-wise form of CDPO: <see cref="KWiseLoss"/> on implicit rewards β(log π − log π_ref). Official code:
/// SeanLeng1/Reward-Calibration 25ecc96, OpenRLHF/openrlhf/models/loss.py, KWiseDPOLoss, whose columns are (y_c,h), (y_r,l),
/// (y_c,l), (y_r,h); it logs rewards with β twice, this gives them with β once.
/// </summary>
public static class KWiseDpoLoss
{
    /// <summary>Losses [B] in nats, not reduced, and rewards [B,K], detached.</summary>
    /// <param name="policy">Log-probabilities of K answers under the policy [B,K], from best to worst.</param>
    /// <param name="reference">The same under the reference [B,K].</param>
    /// <param name="beta">β, positive.</param>
    public static (Tensor Losses, Tensor Rewards) Compute(Tensor policy, Tensor reference, double beta)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        if (!policy.shape.SequenceEqual(reference.shape))
            throw new ArgumentException($"reference has shape [{string.Join(',', reference.shape)}], policy has [{string.Join(',', policy.shape)}]: as many log-probabilities are expected in each", nameof(reference));
        if (!(beta > 0) || double.IsInfinity(beta)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "a positive, finite number is expected");
        using var scope = NewDisposeScope();
        var rewards = beta * (policy - reference);
        return (KWiseLoss.Compute(rewards).MoveToOuterDisposeScope(), rewards.detach().MoveToOuterDisposeScope());
    }
}
