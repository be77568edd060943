namespace ResearchKit.Reward;

/// <summary>
/// The share of right segments over all answers together, not averaged per answer: long answers weigh more. Official
/// code: allenai/FineGrainedRLHF a1469d4, tasks/qa_feedback/training/reward.py, aggregate_metrics.
/// </summary>
public static class PooledRatio
{
    /// <summary>Σ right / Σ segments.</summary>
    /// <param name="answers">Per answer, one value per segment: true for a right one.</param>
    /// <returns>0 to 1; NaN where no answer has a segment.</returns>
    public static double Of(IEnumerable<IReadOnlyList<bool>> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var (right, all) = (0, 0);
        foreach (var segments in answers)
        {
            right += segments.Count(segment => segment);
            all += segments.Count;
        }
        return (double)right / all;
    }
}
