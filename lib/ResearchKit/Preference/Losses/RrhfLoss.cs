using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// RRHF for two answers (Yuan et al. 2023, arXiv 2304.05302): the length-normalised log-probabilities are ranked by a hinge without
/// margin, beside SFT on the better answer. No official code followed.
/// </summary>
public static class RrhfLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenMeanLogProb">Mean log-probability per token of each chosen answer under the policy [B].</param>
    /// <param name="rejectedMeanLogProb">The same of each rejected answer [B].</param>
    /// <param name="chosenNll">Negative log-likelihood of each chosen answer [B], a sum over tokens in the paper.</param>
    /// <param name="lambda">λ ≥ 0, the weight of the SFT term; 1 in the paper.</param>
    /// <returns>Losses [B]; rewards: the mean log-probabilities [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenMeanLogProb, Tensor rejectedMeanLogProb, Tensor chosenNll, double lambda = 1)
    {
        PairChecks.SameShape(
            (chosenMeanLogProb, nameof(chosenMeanLogProb)), (rejectedMeanLogProb, nameof(rejectedMeanLogProb)), (chosenNll, nameof(chosenNll)));
        PairChecks.NotNegative(lambda, nameof(lambda));

        using var scope = NewDisposeScope();
        // L = max(0, l̄_l − l̄_w) + λ NLL(y_w)
        var losses = (rejectedMeanLogProb - chosenMeanLogProb).clamp_min(0) + lambda * chosenNll;
        return Pairwise.Outcome(losses, chosenMeanLogProb, rejectedMeanLogProb);
    }
}
