using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// TR-DPO, trust-region DPO (Gorbatovski et al. 2024, arXiv 2404.09656): every τ steps the reference is moved towards the policy, softly
/// (α &lt; 1) or to it (α = 1). Official code followed: huggingface/trl f2cd577, trl/trainer/callbacks.py, SyncRefModelCallback.
/// </summary>
public static class ReferenceUpdate
{
    /// <summary>Whether this step ends with an update: every τ-th does.</summary>
    /// <param name="step">The step just taken, counted from 1.</param>
    /// <param name="every">τ, positive.</param>
    public static bool IsDue(int step, int every)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        return step > 0 && step % every == 0;
    }

    /// <summary>θ_ref ← α θ + (1−α) θ_ref in place, parameter by parameter; reference log-probabilities computed before are void.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reference">A frozen model with the same parameter names and shapes.</param>
    /// <param name="alpha">α in (0, 1]; 0.6 in TRL.</param>
    /// <exception cref="ArgumentException">The two models' parameters differ.</exception>
    public static void Apply(nn.Module policy, nn.Module reference, double alpha)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        if (alpha is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha lies in (0, 1]");
        var current = policy.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var old = reference.named_parameters().ToArray();
        if (old.Length != current.Count || old.Any(entry => !current.TryGetValue(entry.name, out var twin) || !twin.shape.SequenceEqual(entry.parameter.shape)))
        {
            throw new ArgumentException("policy and reference must have the same parameters: take the reference as the policy's frozen copy", nameof(reference));
        }
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in old) parameter.mul_(1 - alpha).add_(current[name], alpha: alpha).DetachFromDisposeScope();
    }
}
