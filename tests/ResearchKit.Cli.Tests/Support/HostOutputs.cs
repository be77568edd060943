using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>A notebook's outputs and record without what belongs to the host that ran it.</summary>
internal static class HostOutputs
{
    // The real kernel's own output in its first cell.
    private const string ThisCell = "dotnet-interactive-this-cell";

    // What it tells and rk's session keeps from the reader: assemblies of another version than they were built with.
    private const string Unification = "warning CS1701";

    /// <summary>One text for each code cell: what it printed and showed, in order, as a reader sees it.</summary>
    internal static IReadOnlyList<string> Of(Notebook notebook) =>
        [.. notebook.Cells.Where(cell => cell.IsCode).Select(cell => string.Join("\n--\n", cell.Outputs.Select(output => Text((JsonObject)output!)).Where(text => text.Length > 0)))];

    /// <summary>The record without times and without the hashes that only the runner knows.</summary>
    internal static string Of(JsonObject record)
    {
        var copy = (JsonObject)record.DeepClone();
        foreach (var name in new[] { "wallSeconds", "notebookSha256", "sourceSha256", "librarySha256" }) copy.Remove(name);
        return copy.ToJsonString();
    }

    private static string Text(JsonObject output)
    {
        if (output["data"] is not JsonObject data)
        {
            var lines = MultilineText.Join(output["text"] ?? output["evalue"]).Split('\n').Where(line => !line.StartsWith(Unification, StringComparison.Ordinal));
            var text = string.Join('\n', lines).Trim('\n');
            return text.Length == 0 ? "" : $"{output["output_type"]} {output["name"]}{output["ename"]}: {text}";
        }
        var (html, plain) = (Form(data, "text/html"), Form(data, "text/plain"));
        if (html.Contains(ThisCell, StringComparison.Ordinal)) return "";
        if (html.Contains(KitMimes.PlotlyMark, StringComparison.Ordinal) || plain == KitMimes.PlotlyNote) return "plotly.js";
        return $"{output["output_type"]}\n{html}\n{plain}";
    }

    private static string Form(JsonObject data, string mime) => data[mime] is { } form ? MultilineText.Join(form) : "";
}
