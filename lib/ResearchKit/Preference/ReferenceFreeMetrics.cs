using static ResearchKit.Preference.TokenStatistics;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The eight batch metrics of the trainers without a reference (princeton-nlp/SimPO 1b3e8f3, scripts/simpo_trainer.py; huggingface/trl
/// f2cd577, trl/experimental/cpo and orpo), under their names.
/// </summary>
/// <remarks>
/// logits/* is there the mean over everything that the trainer passes: prompt, answer, padding, vocabulary. SimPO and CPO pass all
/// positions, ORPO all but the last, SimPO with an SFT term all but the last of the chosen rows only. <see cref="PreferenceMetrics"/>
/// counts answer tokens alone.
/// </remarks>
public static class ReferenceFreeMetrics
{
    /// <summary>rewards/*, logps/* and logits/*; nothing is differentiable.</summary>
    /// <param name="chosenLogits">Policy logits of the chosen rows, any shape.</param>
    /// <param name="rejectedLogits">Policy logits of the rejected rows.</param>
    /// <param name="chosenLogProbs">What the loss was given: log-probabilities, summed or averaged over tokens [B].</param>
    /// <param name="rejectedLogProbs">The same of the rejected answers [B].</param>
    /// <param name="pairs">The loss's rewards.</param>
    public static IReadOnlyDictionary<string, double> Batch(
        Tensor chosenLogits, Tensor rejectedLogits, Tensor chosenLogProbs, Tensor rejectedLogProbs, PreferenceLoss pairs)
    {
        ArgumentNullException.ThrowIfNull(chosenLogits);
        ArgumentNullException.ThrowIfNull(rejectedLogits);
        ArgumentNullException.ThrowIfNull(pairs);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var metrics = new Dictionary<string, double>
        {
            ["logps/chosen"] = MeanOrZero(chosenLogProbs),
            ["logps/rejected"] = MeanOrZero(rejectedLogProbs),
            ["logits/chosen"] = MeanOrZero(chosenLogits),
            ["logits/rejected"] = MeanOrZero(rejectedLogits),
        };
        AddRewards(metrics, pairs);
        return metrics;
    }
}
