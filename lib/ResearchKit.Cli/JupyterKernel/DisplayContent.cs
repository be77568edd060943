using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>The contents of messages that show a cell's outputs.</summary>
internal static class DisplayContent
{
    internal static JsonObject Stream(EventKind kind, string text) =>
        new() { ["name"] = kind == EventKind.StandardError ? "stderr" : "stdout", ["text"] = text };

    internal static JsonObject Display(SessionEvent shown) =>
        new() { ["data"] = Bundle(shown.Data!), ["metadata"] = new JsonObject(), ["transient"] = new JsonObject { ["display_id"] = shown.DisplayId } };

    internal static JsonObject Result(SessionEvent value, int executionCount) =>
        new() { ["execution_count"] = executionCount, ["data"] = Bundle(value.Data!), ["metadata"] = new JsonObject() };

    internal static JsonObject Bundle(IReadOnlyDictionary<string, string> forms)
    {
        var data = new JsonObject();
        foreach (var (mime, value) in forms) data[mime] = MimeJson.IsJson(mime) && MimeJson.Parse(value) is { } node ? node : value;
        return data;
    }

    /// <summary>An error as front ends show it, with the cell's line that failed under its message.</summary>
    internal static JsonObject Error(CellError error, string code)
    {
        var lines = code.Split('\n');
        List<string> traceback = [.. error.Traceback];
        if (error.Line >= 1 && error.Line <= lines.Length) traceback.Insert(Math.Min(1, traceback.Count), $"line {error.Line} of the cell: {lines[error.Line - 1].Trim()}");
        return new JsonObject { ["ename"] = error.Name, ["evalue"] = error.Message, ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]) };
    }
}
