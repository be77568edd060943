namespace ResearchKit.Evaluation;

/// <summary>
/// A run's claims, declared before training and judged over seeds after it. Verdicts are computed here and nowhere
/// else: effect and paired t interval of treatment minus baseline, against 0 or the stated margin.
/// </summary>
public sealed class ClaimSheet
{
    private readonly List<ClaimResult> results = [];

    /// <summary>Every declared claim in the order of declaration, judged or not.</summary>
    public IReadOnlyList<ClaimResult> Results => results;

    /// <summary>Writes a claim down.</summary>
    /// <exception cref="ClaimException">The id is empty or already declared, or the margin is not finite.</exception>
    public void Declare(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (string.IsNullOrWhiteSpace(claim.Id)) throw new ClaimException("a claim needs an id; declare it as new Claim(\"C1\", ...)");
        if (!double.IsFinite(claim.Margin)) throw new ClaimException(FormattableString.Invariant($"claim {claim.Id}: the margin is {claim.Margin}, expected a finite number"));
        if (results.Exists(result => result.Claim.Id == claim.Id))
        {
            throw new ClaimException($"claim {claim.Id} is declared twice; give it another id, or run the set-up cell again to start with an empty sheet");
        }
        results.Add(new ClaimResult(claim, double.NaN, new Interval(double.NaN, double.NaN, ""), [], [], Verdict.NotJudged));
    }

    /// <summary>Judges a declared claim; judging it again replaces the earlier outcome.</summary>
    /// <param name="id">The claim's id.</param>
    /// <param name="treatment">The treatment's metric, one finite value per seed.</param>
    /// <param name="baseline">The baseline's metric on the same seeds in the same order.</param>
    /// <returns>The outcome; with a single seed the interval is the whole line and the verdict inconclusive.</returns>
    /// <exception cref="ClaimException">The claim was not declared, the arms do not pair up, or a value is not finite.</exception>
    public ClaimResult Judge(string id, IReadOnlyList<double> treatment, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(baseline);
        var at = results.FindIndex(result => result.Claim.Id == id);
        if (at < 0)
        {
            var declared = results.Count == 0 ? "none are" : string.Join(", ", results.Select(result => result.Claim.Id)) + " are";
            throw new ClaimException($"claim {id} was never declared ({declared}); a claim is declared before anything is trained");
        }
        var claim = results[at].Claim;
        var differences = Differences(claim, treatment, baseline);
        var interval = differences.Interval;
        return results[at] = new ClaimResult(claim, differences.Mean, interval, [.. treatment], [.. baseline], VerdictOf(claim, interval));
    }

    private static Verdict VerdictOf(Claim claim, Interval interval) => claim.Direction switch
    {
        Direction.Higher when interval.Low > claim.Margin => Verdict.Reproduced,
        Direction.Higher when interval.High < claim.Margin => Verdict.NotReproduced,
        Direction.Lower when interval.High < -claim.Margin => Verdict.Reproduced,
        Direction.Lower when interval.Low > -claim.Margin => Verdict.NotReproduced,
        _ => Verdict.Inconclusive,
    };

    private static PairedDifferences Differences(Claim claim, IReadOnlyList<double> treatment, IReadOnlyList<double> baseline)
    {
        if (treatment.Count != baseline.Count || treatment.Count == 0)
        {
            throw new ClaimException(
                $"claim {claim.Id}: {treatment.Count} value(s) of '{claim.Treatment}' against {baseline.Count} of '{claim.Baseline}'; both arms need one value per seed, same seeds");
        }
        RequireFinite(claim, claim.Treatment, treatment);
        RequireFinite(claim, claim.Baseline, baseline);
        return new PairedDifferences(treatment, baseline);
    }

    private static void RequireFinite(Claim claim, string arm, IReadOnlyList<double> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (double.IsFinite(values[i])) continue;
            throw new ClaimException(FormattableString.Invariant(
                $"claim {claim.Id}: {claim.Metric} of '{arm}' is {values[i]} at seed number {i + 1} of {values.Count}; a verdict needs finite values, so look at that seed's run"));
        }
    }
}
