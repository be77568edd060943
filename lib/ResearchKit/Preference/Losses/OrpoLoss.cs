using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Odds Ratio Preference Optimization (Hong et al. 2024, arXiv 2403.07691, equations 4, 6 and 7): the odds-ratio term that joins an
/// SFT loss, without a reference. Official code: huggingface/trl f2cd577, trl/experimental/orpo/orpo_trainer.py, odds_ratio_loss.
/// </summary>
/// <remarks>
/// The whole objective adds the chosen rows' NLL: <see cref="WeightedSum"/> with <see cref="SftLoss.TokenMean"/>, over prompt and answer in TRL
/// (its mask is the attention mask). TRL's odds_ratio_loss returns the negative of these losses and subtracts it.
/// </remarks>
public static class OrpoLoss
{
    /// <summary>log odds(y_w) − log odds(y_l), odds = p/(1−p) of the mean-per-token probability.</summary>
    /// <param name="chosenMeanLogProb">Mean log-probability per token of each chosen answer [B], not above 0.</param>
    /// <param name="rejectedMeanLogProb">The same of each rejected answer [B].</param>
    public static Tensor LogOddsRatio(Tensor chosenMeanLogProb, Tensor rejectedMeanLogProb)
    {
        PairChecks.SameShape((chosenMeanLogProb, nameof(chosenMeanLogProb)), (rejectedMeanLogProb, nameof(rejectedMeanLogProb)));
        using var scope = NewDisposeScope();
        return (chosenMeanLogProb - rejectedMeanLogProb - (Log1mExp.Of(chosenMeanLogProb) - Log1mExp.Of(rejectedMeanLogProb))).MoveToOuterDisposeScope();
    }

    /// <summary>The odds-ratio term and implicit rewards of B pairs.</summary>
    /// <param name="chosenMeanLogProb">Mean log-probability per token of each chosen answer [B], not above 0.</param>
    /// <param name="rejectedMeanLogProb">The same of each rejected answer [B].</param>
    /// <param name="lambda">λ, positive (TRL calls it beta): the term's weight beside the NLL.</param>
    /// <returns>Losses [B], not negative; rewards λ times the mean log-probability [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenMeanLogProb, Tensor rejectedMeanLogProb, double lambda)
    {
        PairChecks.Positive(lambda, nameof(lambda));
        using var scope = NewDisposeScope();
        // L = −λ log σ(log odds(y_w)/odds(y_l))
        var losses = lambda * Pairwise.Logistic(LogOddsRatio(chosenMeanLogProb, rejectedMeanLogProb));
        return Pairwise.Outcome(losses, lambda * chosenMeanLogProb, lambda * rejectedMeanLogProb);
    }
}
