using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Interactive;

/// <summary>What a cell's progress shows at one moment: all its bars, in an order that does not depend on which thread was first.</summary>
internal sealed record ProgressState(IReadOnlyList<ProgressLine> Lines)
{
    private const string HowToGoOn = "Stopped: weights and histories are those of the last whole step, and later cells run. Run this cell again to start over; with a CheckpointFolder and Resume it goes on from here.";

    private const int MaxLines = 12, BarWidth = 24;

    /// <summary>True when the cell was interrupted: what is shown then is the last that is shown.</summary>
    internal bool Stopped { get; init; }

    internal bool Done => Lines.All(l => l.Done);

    public override string ToString()
    {
        var shown = Shown();
        var text = shown.Select(l => l.Done ? l.Text() : $"[{new string('#', (int)(l.Share * BarWidth)).PadRight(BarWidth, '.')}] {l.Text()}");
        if (shown.Count < Lines.Count) text = text.Prepend(Summary());
        return string.Join("\n", Stopped ? text.Append(HowToGoOn) : text);
    }

    internal string ToHtml()
    {
        // A notebook may break preformatted lines within a word: a sentence stands outside of it.
        if (Stopped) return $"<div style=\"font-family:monospace\">{string.Concat(ToString().Split('\n').Select(line => $"<div>{WebUtility.HtmlEncode(line)}</div>"))}</div>";
        if (Done) return Formatters.Pre(ToString());
        var html = new StringBuilder("<div style=\"font-family:monospace\">");
        var shown = Shown();
        if (shown.Count < Lines.Count) html.Append(CultureInfo.InvariantCulture, $"<div>{WebUtility.HtmlEncode(Summary())}</div>");
        foreach (var line in shown)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div><progress value=\"{line.Share:F3}\" max=\"1\"></progress> {WebUtility.HtmlEncode(line.Text())}</div>");
        }
        return html.Append("</div>").ToString();
    }

    /// <summary>The form that rk draws as one bar: all of the cell's work together.</summary>
    internal string ToJson()
    {
        var running = Lines.Where(l => !l.Done).ToArray();
        var latest = running.LastOrDefault() ?? Lines[^1];
        var (step, total) = (Lines.Sum(l => (double)l.Step), Lines.Sum(l => (double)l.Total));
        var rate = running.Sum(l => l.Rate ?? 0);
        return new JsonObject
        {
            ["title"] = running.Length > 1 ? $"{latest.Title} (+{running.Length - 1})" : latest.Title,
            ["step"] = step,
            ["total"] = total,
            ["loss"] = latest.Loss is { } loss && double.IsFinite(loss) ? loss : null,
            ["rate"] = rate > 0 ? Math.Round(rate, 2) : null,
            ["remainingSeconds"] = rate > 0 ? Math.Round(running.Sum(l => (double)Math.Max(0, l.Total - l.Step)) / rate, 1) : null,
            ["done"] = Done,
        }.ToJsonString();
    }

    // Of much work, what runs now; when all is done, the sum stands for it.
    private List<ProgressLine> Shown()
    {
        var ordered = Lines.OrderBy(l => l.Title, StringComparer.Ordinal).ThenBy(l => l.Text(), StringComparer.Ordinal);
        return Lines.Count <= MaxLines ? [.. ordered] : [.. ordered.Where(l => !l.Done).Take(MaxLines)];
    }

    private string Summary() => string.Create(CultureInfo.InvariantCulture,
        $"{Lines.Count(l => l.Done)} of {Lines.Count} runs done, {Lines.Sum(l => (long)l.Step)} of {Lines.Sum(l => (long)l.Total)} steps");
}
