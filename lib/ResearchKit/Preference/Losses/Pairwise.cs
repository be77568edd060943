using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>What most pairwise losses end with.</summary>
internal static class Pairwise
{
    // L(z) = −(1−ε) log σ(z) − ε log σ(−z)
    internal static Tensor Logistic(Tensor z, double flipRate = 0)
    {
        var losses = -(1 - flipRate) * nn.functional.logsigmoid(z);
        return flipRate == 0 ? losses : losses - flipRate * nn.functional.logsigmoid(-z);
    }

    // The three results, rewards detached, out of the caller's dispose scope.
    internal static PreferenceLoss Outcome(Tensor losses, Tensor chosenRewards, Tensor rejectedRewards) => new(
        losses.MoveToOuterDisposeScope(), chosenRewards.detach().MoveToOuterDisposeScope(), rejectedRewards.detach().MoveToOuterDisposeScope());

    internal static void CheckPair(Tensor chosen, string chosenName, Tensor rejected, string rejectedName, double beta)
    {
        PairChecks.SameShape((chosen, chosenName), (rejected, rejectedName));
        PairChecks.Positive(beta, nameof(beta));
    }
}
