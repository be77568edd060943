using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Running;

/// <summary>Turns a session's events into nbformat outputs: streams merged, updates folded into what they update.</summary>
internal sealed class NotebookOutputs
{
    private readonly Dictionary<string, JsonObject> displayed = new(StringComparer.Ordinal);
    private NotebookCell? toClear;

    /// <summary>The run's record as the kit gave it, once it came.</summary>
    internal JsonObject? Record { get; private set; }

    /// <summary>The set-up cell's output that carries plotly.js, once it came.</summary>
    internal string? PlotlyScript { get; private set; }

    internal void Add(NotebookCell cell, SessionEvent happened)
    {
        // What waits is cleared by the cell's next output, if one comes.
        if (happened.Kind == EventKind.Clear) toClear = cell;
        if (happened is { Kind: EventKind.Clear, Wait: true } or { Kind: EventKind.Done }) return;
        if (toClear == cell) cell.Outputs.Clear();
        toClear = null;
        switch (happened.Kind)
        {
            case EventKind.StandardOutput:
                AddStream(cell.Outputs, "stdout", happened.Text!);
                break;
            case EventKind.StandardError:
                AddStream(cell.Outputs, "stderr", happened.Text!);
                break;
            case EventKind.Display or EventKind.Update or EventKind.Result:
                AddValue(cell, happened);
                break;
            case EventKind.Error:
                cell.Outputs.Add(new JsonObject
                {
                    ["ename"] = happened.Error!.Name,
                    ["evalue"] = happened.Error.Message,
                    ["output_type"] = "error",
                    ["traceback"] = new JsonArray([.. happened.Error.Traceback.Select(line => JsonValue.Create(line))]),
                });
                break;
        }
    }

    private void AddValue(NotebookCell cell, SessionEvent happened)
    {
        var data = Bundle(happened.Data!);
        if (data.Count == 0) return;
        if (happened.Kind == EventKind.Update && displayed.TryGetValue(happened.DisplayId!, out var earlier))
        {
            earlier["data"] = data;
            return;
        }
        var output = new JsonObject { ["data"] = data };
        if (happened.Kind == EventKind.Result) output["execution_count"] = cell.ExecutionCount;
        output["metadata"] = new JsonObject();
        output["output_type"] = happened.Kind == EventKind.Result ? "execute_result" : "display_data";
        cell.Outputs.Add(output);
        if (happened.DisplayId is { } id) displayed[id] = output;
    }

    private JsonObject Bundle(IReadOnlyDictionary<string, string> values)
    {
        if (values.TryGetValue(KitMimes.Record, out var record) && MimeJson.Parse(record) is JsonObject parsed) Record = parsed;
        if (values.TryGetValue("text/html", out var html) && html.Contains(KitMimes.PlotlyMark, StringComparison.Ordinal))
        {
            PlotlyScript = html;
            return new JsonObject { ["text/plain"] = MultilineText.Split(KitMimes.PlotlyNote) };
        }
        var data = new JsonObject();
        foreach (var (mime, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (mime == KitMimes.Progress) continue;
            data[mime] = MimeJson.IsJson(mime) && MimeJson.Parse(value) is { } node ? node : mime.StartsWith("image/", StringComparison.Ordinal) && mime != "image/svg+xml" ? value : MultilineText.Split(value);
        }
        return data;
    }

    private static void AddStream(JsonArray outputs, string name, string text)
    {
        if (outputs.LastOrDefault() is JsonObject last && (string?)last["name"] == name && (string?)last["output_type"] == "stream")
        {
            MultilineText.Append((JsonArray)last["text"]!, text);
            return;
        }
        outputs.Add(new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = MultilineText.Split(text) });
    }
}
