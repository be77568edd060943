using System.Globalization;
using ResearchKit.Evaluation;
using ResearchKit.Figures;

namespace ResearchKit.Interactive;

/// <summary>Claims with their outcomes as a table: what was claimed, what the seeds gave, what follows.</summary>
internal static class VerdictTable
{
    private static readonly string[] Columns = ["claim", "effect", "95 % interval", "seeds", "the paper's", "verdict"];

    internal static string Text(IReadOnlyList<ClaimResult> results, bool judged) => results.Count == 0
        ? "No claim is declared."
        : new ResultTable("Claims and verdicts", Columns, [.. results.Select(r => Cells(r, judged))], Note(judged)).ToString();

    internal static string Html(IReadOnlyList<ClaimResult> results, bool judged)
    {
        if (results.Count == 0) return "<p>No claim is declared.</p>";
        var table = new ResultTable("Claims and verdicts", Columns, [.. results.Select(r => Cells(r, judged))], Note(judged)).ToHtml();
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            // The word carries the meaning; the colour only helps the eye, on a light and on a dark page.
            table = table.Replace($">{Mark(verdict)}", $"><span style=\"color:{Colour(verdict)};font-weight:600\">{Mark(verdict)}</span>", StringComparison.Ordinal);
        }
        return table;
    }

    private static string[] Cells(ClaimResult r, bool judged) =>
    [
        $"{r.Claim.Id}: {r.Claim.Statement}", Number(r.Effect), r.Verdict == Verdict.NotJudged ? "" : $"[{Number(r.Interval.Low)}, {Number(r.Interval.High)}]",
        r.Treatment.Count == 0 ? "" : r.Treatment.Count.ToString(CultureInfo.InvariantCulture), r.Claim.PaperEffect,
        judged || r.Verdict == Verdict.NotJudged ? Mark(r.Verdict) : $"{Mark(Verdict.NotJudged)} (computed: {r.Verdict.Text()})",
    ];

    private static string Note(bool judged) => judged ? "" : "the smoke scale only shows that the path runs; its verdicts are computed, not judged.";

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "✓ ",
        Verdict.NotReproduced => "✗ ",
        Verdict.Inconclusive => "? ",
        _ => "○ ",
    } + verdict.Text();

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "#1a9850",
        Verdict.NotReproduced => "#d73027",
        Verdict.Inconclusive => "#c98500",
        _ => "#808080",
    };
}
