namespace ResearchKit.Evaluation;

/// <summary>
/// Whether a reward model ranks the right answer first among several (RewardBench 2, arXiv 2506.01937). Official code:
/// allenai/reward-bench 05a9005, rewardbench/utils.py, reroll_and_score_dataset.
/// </summary>
public static class BestOfNAccuracy
{
    /// <summary>The point of one group.</summary>
    /// <param name="scores">Scores of at least one answer; the first is the right one.</param>
    /// <returns>1 / m where the right answer is one of m that share the highest score, else 0.</returns>
    public static double Of(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0 || scores.Any(double.IsNaN)) throw new ArgumentException($"{scores.Count} scores; at least one, none of them NaN, is expected", nameof(scores));
        var best = scores.Max();
        return scores[0] == best ? 1.0 / scores.Count(score => score == best) : 0;
    }
}
