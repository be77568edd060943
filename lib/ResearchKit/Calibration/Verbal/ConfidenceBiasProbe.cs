using ResearchKit.Runtime;

namespace ResearchKit.Calibration;

/// <summary>The four bars of the bias probe (Leng et al. 2024, arXiv 2410.09724, figure 3).</summary>
/// <param name="AnswerOnly">Chosen against rejected, no confidence stated.</param>
/// <param name="ConfidenceReversed">Chosen with low against rejected with high confidence.</param>
/// <param name="ChosenWithConfidence">Chosen with high against the same answer with low confidence.</param>
/// <param name="RejectedWithConfidence">Rejected with high against the same answer with low confidence: above a half is the bias.</param>
public sealed record ConfidenceBias(
    PreferenceShare AnswerOnly, PreferenceShare ConfidenceReversed, PreferenceShare ChosenWithConfidence, PreferenceShare RejectedWithConfidence);

/// <summary>
/// Asks a reward model whether it likes high stated confidence, right or wrong. Official code: SeanLeng1/Reward-Calibration
/// 25ecc96, reward-bench/rewardbench/utils.py, the modes answer_only, confidence_reversed, chosen_with_conf, rejected_with_conf.
/// </summary>
public static class ConfidenceBiasProbe
{
    /// <summary>Measures the four modes; one high and one low confidence are drawn per pair.</summary>
    /// <param name="pairs">Chosen and rejected answers with their prompts, without confidence, at least one.</param>
    /// <param name="append">States a confidence of 0 to 10 in an answer, as <see cref="ConfidenceText.Append"/> does.</param>
    /// <param name="score">The reward model: one reward per answer.</param>
    /// <param name="rng">Draws the confidences.</param>
    /// <typeparam name="T">What an answer is: a text, or token ids.</typeparam>
    public static ConfidenceBias Measure<T>(
        IReadOnlyList<(T Chosen, T Rejected)> pairs, Func<T, int, T> append, Func<IReadOnlyList<T>, IReadOnlyList<double>> score, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(rng);
        var levels = pairs.Select(_ => (High: ConfidenceLevels.High(rng), Low: ConfidenceLevels.Low(rng))).ToArray();
        IReadOnlyList<double> Score(Func<(T Chosen, T Rejected), (int High, int Low), T> answer) => score([.. pairs.Zip(levels, answer)]);
        var chosenHigh = Score((pair, level) => append(pair.Chosen, level.High));
        var chosenLow = Score((pair, level) => append(pair.Chosen, level.Low));
        var rejectedHigh = Score((pair, level) => append(pair.Rejected, level.High));
        var rejectedLow = Score((pair, level) => append(pair.Rejected, level.Low));
        return new ConfidenceBias(
            PreferenceShare.Of(Score((pair, _) => pair.Chosen), Score((pair, _) => pair.Rejected)),
            PreferenceShare.Of(chosenLow, rejectedHigh),
            PreferenceShare.Of(chosenHigh, chosenLow),
            PreferenceShare.Of(rejectedHigh, rejectedLow));
    }
}
