using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace ResearchKit.Cli.Session;

/// <summary>The engine's events as Jupyter knows them.</summary>
internal static class EventTranslation
{
    // How the kit asks for it: the engine has no event that clears.
    private const string Clear = "application/vnd.researchkit.clear+json";

    internal static SessionEvent? Translate(KernelEvent happened, int cell, string code, IReadOnlyList<Diagnostic> diagnostics) => happened switch
    {
        StandardOutputValueProduced output => Stream(EventKind.StandardOutput, output, cell),
        StandardErrorValueProduced output => Stream(EventKind.StandardError, output, cell),
        ReturnValueProduced value => Display(EventKind.Result, value, cell),
        DisplayedValueUpdated value => Display(EventKind.Update, value, cell),
        DisplayedValueProduced value when value.FormattedValues.FirstOrDefault(form => form.MimeType == Clear) is { } clear =>
            new SessionEvent(EventKind.Clear, cell) { Wait = (bool?)JsonNode.Parse(clear.Value)?["wait"] ?? false },
        DisplayedValueProduced value => Display(EventKind.Display, value, cell),
        CommandFailed failed => new SessionEvent(EventKind.Error, cell) { Error = CellErrors.From(failed, code, diagnostics) },
        _ => null,
    };

    private static SessionEvent Stream(EventKind kind, DisplayEvent output, int cell) =>
        new(kind, cell) { Text = string.Concat(output.FormattedValues.Select(value => value.Value)) };

    private static SessionEvent? Display(EventKind kind, DisplayEvent output, int cell)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in output.FormattedValues) if (!value.SuppressDisplay) data[value.MimeType] = value.Value;
        return data.Count == 0 ? null : new SessionEvent(kind, cell) { Data = data, DisplayId = output.ValueId };
    }
}
