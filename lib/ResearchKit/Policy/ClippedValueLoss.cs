using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>The critic's loss, one value per token.</summary>
/// <param name="Losses">Not reduced, with a graph behind it.</param>
/// <param name="Clipped">1 where the clipped term is the larger loss, detached.</param>
public sealed record ValueLoss(Tensor Losses, Tensor Clipped);

/// <summary>
/// The critic's squared error, which may not profit from moving further than ε from the value at sampling time:
/// ½ max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²). Official code: huggingface/trl f2cd577,
/// trl/experimental/ppo/ppo_trainer.py; OpenRLHF, openrlhf/models/loss.py, ValueLoss.
/// </summary>
public static class ClippedValueLoss
{
    /// <summary>Losses per token [B,T]; reduce them as the policy's.</summary>
    /// <param name="values">V of the critic that is trained.</param>
    /// <param name="oldValues">V at sampling time; no gradient flows into it.</param>
    /// <param name="returns">The targets R; no gradient flows into them.</param>
    /// <param name="clip">ε, in units of the value, not negative; null for the plain squared error.</param>
    public static ValueLoss Compute(Tensor values, Tensor oldValues, Tensor returns, double? clip = 0.2)
    {
        PolicyChecks.SameShape((values, nameof(values)), (oldValues, nameof(oldValues)), (returns, nameof(returns)));
        PolicyChecks.NotNegative(clip ?? 0, nameof(clip));
        using var scope = NewDisposeScope();
        var (old, target) = (oldValues.detach(), returns.detach());
        var free = (values - target).square();
        var held = clip is { } e ? (old + (values - old).clamp(-e, e) - target).square() : free;
        return new ValueLoss(
            (maximum(free, held) / 2).MoveToOuterDisposeScope(),
            held.detach().gt(free.detach()).to_type(values.dtype).MoveToOuterDisposeScope());
    }
}
