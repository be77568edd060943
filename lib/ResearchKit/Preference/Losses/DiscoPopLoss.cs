using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DiscoPOP, the discovered log-ratio modulated loss (Lu et al. 2024, arXiv 2406.08414, equation 5). Official code followed:
/// huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "discopop".
/// </summary>
/// <remarks>
/// Its slope at margin 0 is +β(−3/4 + (1−ln 2)/(4κ)): positive, so the wrong way, for κ below 0.102, the published 0.05 included.
/// The exponential is taken in log space, where TRL's form overflows at large negative margins.
/// </remarks>
public static class DiscoPopLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="temperature">κ, positive: how sharply the two losses are blended.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double temperature = 0.05)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        PairChecks.Positive(temperature, nameof(temperature));

        using var scope = NewDisposeScope();
        var z = beta * (chosenLogRatio - rejectedLogRatio);                                 // [B]
        // L = (1−g) (−log σ(z)) + g e^(−z), g = σ(z/κ)
        var logistic = (-z / temperature).sigmoid() * -nn.functional.logsigmoid(z);
        var exponential = (nn.functional.logsigmoid(z / temperature) - z).exp();
        var losses = logistic + exponential;
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
