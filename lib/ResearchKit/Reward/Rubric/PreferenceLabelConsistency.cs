namespace ResearchKit.Reward;

/// <summary>
/// The filter of OpenRubrics (arXiv 2510.07743, section 3): a rubric is kept if a judge who uses it reproduces the known
/// preferences. Acc = share of the induced pairs judged rightly; a pair is kept iff Acc ≥ τ and the pair itself is
/// judged rightly. For a single pair this is simply the latter.
/// </summary>
/// <param name="Accuracy">Acc in [0, 1]; no preference counts as wrong.</param>
/// <param name="Kept">The kept pairs (better, worse) as places in the ordered list; empty where Acc is below τ.</param>
public sealed record PreferenceLabelConsistency(double Accuracy, IReadOnlyList<(int Better, int Worse)> Kept)
{
    /// <summary>Judges all pairs of an ordered list.</summary>
    /// <param name="count">M answers, best first, at least two.</param>
    /// <param name="judge">The rubric-conditioned judge, asked about places a &lt; b; First says that a is better.</param>
    /// <param name="threshold">τ in [0, 1]; the paper has 0.5.</param>
    public static PreferenceLabelConsistency Of(int count, Func<int, int, JudgeVerdict> judge, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (threshold is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "a number in [0, 1] is expected");
        var pairs = Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(a + 1, count - a - 1).Select(b => (a, b))).ToArray();
        var right = pairs.Where(pair => judge(pair.a, pair.b) == JudgeVerdict.First).ToArray();
        var accuracy = (double)right.Length / pairs.Length;
        return new PreferenceLabelConsistency(accuracy, accuracy >= threshold ? right : []);
    }
}
