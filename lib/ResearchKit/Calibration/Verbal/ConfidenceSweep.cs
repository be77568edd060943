namespace ResearchKit.Calibration;

/// <summary>
/// The mean reward of the same answers at every stated confidence: flat in a reward model that does not listen to it.
/// Official code: SeanLeng1/Reward-Calibration 25ecc96, query/run_ablation.py.
/// </summary>
public static class ConfidenceSweep
{
    /// <summary>The curve.</summary>
    /// <param name="answers">Answers without confidence, at least one.</param>
    /// <param name="confidences">The confidences, each 0 to 10.</param>
    /// <param name="append">States a confidence in an answer.</param>
    /// <param name="score">The reward model: one reward per answer.</param>
    /// <returns>One mean reward per confidence.</returns>
    public static double[] Measure<T>(
        IReadOnlyList<T> answers, IReadOnlyList<int> confidences, Func<T, int, T> append, Func<IReadOnlyList<T>, IReadOnlyList<double>> score)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(confidences);
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(score);
        if (answers.Count == 0) throw new ArgumentException("at least one answer is expected", nameof(answers));
        return [.. confidences.Select(c => score([.. answers.Select(answer => append(answer, c))]).Average())];
    }
}
