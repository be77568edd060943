using System.Text.Json.Nodes;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Replies about code that is being written.</summary>
internal static class LanguageReplies
{
    internal static async Task<JsonObject> CompleteAsync(CellExecution cells, JupyterMessage request)
    {
        var code = request.Text("code");
        var cursor = new CodeCursor(code, request.Number("cursor_pos", int.MaxValue));
        var word = cursor.WordStart();
        var prefix = word.TextTo(cursor);
        var answer = await cells.AskAsync(RequestKind.Complete, code, cursor).ConfigureAwait(false);
        var found = (answer?.Completions ?? [])
            .Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Text)
            // What is spelled as typed comes first.
            .OrderByDescending(item => item.Text.StartsWith(prefix, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var (start, end) = (word.CodePoints, cursor.CodePoints);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Select(item => new JsonObject { ["start"] = start, ["end"] = end, ["text"] = item.Text, ["type"] = item.Kind.ToLowerInvariant() })]),
            },
        };
    }

    internal static async Task<JsonObject> InspectAsync(CellExecution cells, JupyterMessage request)
    {
        var code = request.Text("code");
        foreach (var place in new CodeCursor(code, request.Number("cursor_pos", int.MaxValue)).Nearby())
        {
            if ((await cells.AskAsync(RequestKind.Explain, code, place).ConfigureAwait(false))?.Data is { Count: > 0 } forms) return Found(forms);
        }
        return new JsonObject { ["status"] = "ok", ["found"] = false, ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };
    }

    private static JsonObject Found(IReadOnlyDictionary<string, string> forms)
    {
        var data = DisplayContent.Bundle(forms);
        if (forms.TryGetValue("text/markdown", out var markdown)) data.TryAdd("text/plain", markdown);
        return new JsonObject { ["status"] = "ok", ["found"] = true, ["data"] = data, ["metadata"] = new JsonObject() };
    }
}
