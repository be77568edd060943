using ResearchKit.Evaluation;

namespace ResearchKit.Interactive;

/// <summary>A run's end: the verdicts to see, the record to keep.</summary>
/// <param name="Results">The claims with their outcomes.</param>
/// <param name="Judged">False at smoke scale.</param>
/// <param name="Json">The run's record.</param>
internal sealed record Outcome(IReadOnlyList<ClaimResult> Results, bool Judged, string Json)
{
    internal string ToHtml() => VerdictTable.Html(Results, Judged);

    public override string ToString() => VerdictTable.Text(Results, Judged);
}
