using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Running;

/// <summary>notebooks/README.md: every notebook with the verdicts of its committed workshop record.</summary>
internal static class NotebookIndex
{
    internal static string PathOf(Checkout checkout) => Path.Combine(checkout.Notebooks, "README.md");

    internal static string Text(Checkout checkout)
    {
        var entries = NotebookCatalog.List(checkout);
        var text = new StringBuilder();
        text.Append("# Notebooks\n\nGenerated from `data/results/` by `./rk index`; workshop scale, a laptop's two cores.\n\n");
        text.Append("| notebook | title | seeds | minutes | verdicts |\n|---|---|---|---|---|\n");
        foreach (var entry in entries)
        {
            var record = Record(checkout, entry);
            var link = Path.GetRelativePath(checkout.Notebooks, entry.Path).Replace('\\', '/');
            text.Append(CultureInfo.InvariantCulture, $"| [{entry.Slug}]({link}) | {Cell(NotebookFile.Read(entry.Path).Title)} | {(record?["seeds"] as JsonArray)?.Count} | {Minutes(record)} | {(record is null ? "not run yet" : RunRecordFile.Verdicts(record))} |\n");
        }
        foreach (var entry in entries)
        {
            if (Record(checkout, entry) is { } record) AppendClaims(text, entry, record);
        }
        return text.ToString();
    }

    private static void AppendClaims(StringBuilder text, NotebookEntry entry, JsonObject record)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {entry.Slug}\n\n| | claim | effect | 95 % interval | the paper | verdict |\n|---|---|---|---|---|---|\n");
        foreach (var claim in (record["claims"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var interval = claim["interval"] as JsonArray;
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(claim["id"])} | {Cell(claim["statement"])} | {Number(claim["effect"])} | {Number(interval?[0])} to {Number(interval?[1])} | {Cell(claim["paperEffect"])} | {Cell(claim["verdict"])} |\n");
        }
    }

    private static JsonObject? Record(Checkout checkout, NotebookEntry entry) =>
        RunRecordFile.Read(Path.Combine(checkout.Results, $"{entry.Slug}.workshop.json"));

    private static string Minutes(JsonObject? record) =>
        record?["wallSeconds"] is JsonValue seconds ? (seconds.GetValue<double>() / 60).ToString("F1", CultureInfo.InvariantCulture) : "";

    private static string Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<double>(out var number) ? number.ToString("G3", CultureInfo.InvariantCulture) : Cell(node);

    private static string Cell(object? content) => content?.ToString()?.Replace("|", "\\|", StringComparison.Ordinal) ?? "";
}
