namespace ResearchKit.Reward;

/// <summary>The two kinds of criteria of OpenRubrics (arXiv 2510.07743).</summary>
public enum CriterionKind
{
    /// <summary>An explicit requirement of the prompt.</summary>
    HardRule,

    /// <summary>An implicit quality that separates better from worse answers.</summary>
    Principle,
}

/// <summary>One criterion of a rubric.</summary>
/// <param name="Kind">Hard rule or principle.</param>
/// <param name="Text">What is asked of an answer.</param>
/// <param name="Weight">How much it counts among its kind, above 0.</param>
public sealed record Criterion(CriterionKind Kind, string Text, double Weight = 1);

/// <summary>
/// A prompt's criteria. The gatekeeper, the most important objectively verifiable hard rule, is the hard rule of the
/// highest weight, the first of equals; a rubric of principles alone has none.
/// </summary>
public sealed class Rubric
{
    /// <summary>A rubric of at least one criterion.</summary>
    public Rubric(IReadOnlyList<Criterion> criteria)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        if (criteria.Count == 0) throw new ArgumentException("a rubric needs at least one criterion", nameof(criteria));
        if (criteria.FirstOrDefault(c => !(c.Weight > 0) || !double.IsFinite(c.Weight)) is { } bad)
            throw new ArgumentException(FormattableString.Invariant($"criterion '{bad.Text}' has weight {bad.Weight}; a finite number above 0 is expected"), nameof(criteria));
        Criteria = [.. criteria];
        Gatekeeper = Enumerable.Range(0, criteria.Count).Where(i => criteria[i].Kind == CriterionKind.HardRule)
            .OrderByDescending(i => criteria[i].Weight).FirstOrDefault(-1);
    }

    /// <summary>The criteria in order.</summary>
    public IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>The gatekeeper's place, or −1.</summary>
    public int Gatekeeper { get; }

    /// <summary>The weight of the satisfied criteria of a kind.</summary>
    /// <param name="satisfied">For each criterion, whether the answer meets it.</param>
    /// <param name="kind">Which kind counts; null for both.</param>
    public double Met(IReadOnlyList<bool> satisfied, CriterionKind? kind = null)
    {
        ArgumentNullException.ThrowIfNull(satisfied);
        if (satisfied.Count != Criteria.Count) throw new ArgumentException($"{satisfied.Count} checks for {Criteria.Count} criteria; one each is expected", nameof(satisfied));
        return Criteria.Zip(satisfied).Where(pair => pair.Second && (kind is null || pair.First.Kind == kind)).Sum(pair => pair.First.Weight);
    }
}
