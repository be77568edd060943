using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ResearchKit.Cli.Benchmarks;

/// <summary>The suite's rows as a table, with what is asked of each ratio, and the machine under it.</summary>
internal static class BenchTable
{
    internal static void Print(IAnsiConsole console, JsonObject measured)
    {
        var table = new Table().RoundedBorder();
        table.AddColumns("case", "what", "fast", "plain", "ratio", "asked", "note");
        foreach (var place in new[] { 2, 3, 4, 5 }) table.Columns[place].RightAligned().NoWrap();
        foreach (var row in (measured["rows"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var ratio = Number(row["ratio"], "F2");
            var coloured = row["met"] is JsonValue met ? $"[{(met.GetValue<bool>() ? "green" : "red")}]{ratio}[/]" : ratio;
            var unit = row["unit"]?.ToString() ?? "";
            table.AddRow(Text(row["case"]), Text(row["what"]), $"{Number(row["fast"], "G4")} {Markup.Escape(unit)}", Number(row["plain"], "G4"), coloured, Text(row["wish"]), Text(row["note"]));
        }
        console.Write(table);
        var machine = measured["machine"] as JsonObject ?? [];
        console.Profile.Out.Writer.WriteLine(string.Join(", ", machine.Where(fact => fact.Value is not null).Select(fact => $"{fact.Key} {fact.Value}")));
        console.Profile.Out.Writer.WriteLine($"The suite took {measured["seconds"]} s.");
    }

    private static string Text(JsonNode? node) => Markup.Escape(node?.ToString() ?? "");

    private static string Number(JsonNode? node, string format) =>
        node is JsonValue value && value.TryGetValue(out double number) ? number.ToString(format, CultureInfo.InvariantCulture) : "";
}
