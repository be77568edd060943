using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ResearchKit.Cli.Running;

/// <summary>A record's tables, claims and exercises for a terminal of 100 columns.</summary>
internal static class RecordTables
{
    internal static void Print(IAnsiConsole console, JsonObject? record)
    {
        if (record is null) return;
        foreach (var table in Objects(record["tables"])) console.Write(Table(table));
        var claims = Objects(record["claims"]).ToList();
        if (claims.Count > 0) console.Write(Claims(claims, judged: record["scale"]?.ToString() != "smoke"));
        var exercises = Objects(record["exercises"]).ToList();
        if (exercises.Count == 0) return;
        var passed = exercises.Count(exercise => exercise["passed"] is JsonValue value && value.GetValueKind() == JsonValueKind.True);
        console.MarkupLineInterpolated($"Exercises passed: {passed} of {exercises.Count}");
    }

    private static Table Table(JsonObject json)
    {
        var table = new Table().RoundedBorder().Title(Markup.Escape(Text(json["title"])));
        var columns = (json["columns"] as JsonArray ?? []).Select(Text).ToList();
        foreach (var (index, column) in columns.Index())
        {
            var added = new TableColumn(Markup.Escape(column));
            table.AddColumn(index == 0 ? added : added.RightAligned());
        }
        foreach (var row in (json["rows"] as JsonArray ?? []).OfType<JsonArray>())
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Text(cell))).Take(columns.Count)]);
        }
        if (Text(json["source"]) is { Length: > 0 } source) table.Caption(Markup.Escape(source));
        return table;
    }

    private static Table Claims(IEnumerable<JsonObject> claims, bool judged)
    {
        var table = new Table().RoundedBorder().Title(judged ? "Claims and verdicts" : "Claims (smoke scale: verdicts are computed, not judged)");
        table.AddColumn("id");
        table.AddColumn("claim");
        table.AddColumn(new TableColumn("effect").RightAligned());
        table.AddColumn("95 % interval");
        table.AddColumn("paper");
        table.AddColumn("verdict");
        foreach (var claim in claims)
        {
            var verdict = Text(claim["verdict"]);
            var colour = verdict switch { "reproduced" => "green", "not reproduced" => "red", _ => "yellow" };
            table.AddRow(
                Markup.Escape(Text(claim["id"])),
                Markup.Escape(Text(claim["statement"])),
                Number(claim["effect"]),
                claim["interval"] is JsonArray { Count: 2 } interval ? Markup.Escape($"[{Number(interval[0])}, {Number(interval[1])}]") : "",
                Markup.Escape(Text(claim["paperEffect"])),
                $"[{colour}]{Markup.Escape(verdict)}[/]");
        }
        return table;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static string Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? ((double)value).ToString("G4", CultureInfo.InvariantCulture) : Text(node);
}
