using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>The KL divergence of a policy from a reference, estimated at each sampled token.</summary>
public static class TokenKl
{
    /// <summary>The estimate at each token, differentiable in both arguments.</summary>
    /// <param name="logProbs">log π of the sampled tokens, any shape.</param>
    /// <param name="referenceLogProbs">log π_ref of the same tokens, the same shape.</param>
    /// <param name="estimator">Which estimate.</param>
    /// <returns>Nats, the same shape; an estimate of KL(π‖π_ref) where the tokens were drawn from π.</returns>
    public static Tensor Estimate(Tensor logProbs, Tensor referenceLogProbs, KlEstimator estimator)
    {
        PolicyChecks.SameShape((logProbs, nameof(logProbs)), (referenceLogProbs, nameof(referenceLogProbs)));
        using var scope = NewDisposeScope();
        var x = logProbs - referenceLogProbs;
        var kl = estimator switch
        {
            KlEstimator.K1 => x,
            KlEstimator.K2 => x.square() / 2,
            KlEstimator.K3 => (-x).expm1() + x,
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "K1, K2 or K3 is expected"),
        };
        return kl.MoveToOuterDisposeScope();
    }
}
