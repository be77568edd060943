using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>The rules of nbformat 4.5's schema that a written notebook could break.</summary>
internal static partial class NbformatCheck
{
    internal static IReadOnlyList<string> Errors(JsonNode notebook)
    {
        var errors = new List<string>();
        if ((int?)notebook["nbformat"] != 4 || (int?)notebook["nbformat_minor"] < 5) errors.Add("nbformat is not 4.5");
        if (notebook["metadata"] is not JsonObject) errors.Add("no metadata");
        if (notebook["metadata"]?["kernelspec"]?["name"] is null || notebook["metadata"]?["kernelspec"]?["display_name"] is null) errors.Add("kernelspec without name or display_name");
        if (notebook["metadata"]?["language_info"]?["name"] is null) errors.Add("language_info without name");
        var ids = new HashSet<string>();
        foreach (var (index, cell) in ((JsonArray)notebook["cells"]!).Index())
        {
            var id = (string?)cell!["id"] ?? "";
            if (!Id().IsMatch(id) || !ids.Add(id)) errors.Add($"cell {index}: id \"{id}\" is missing, malformed or not unique");
            errors.AddRange(CellErrors((JsonObject)cell).Select(error => $"cell {index}: {error}"));
        }
        return errors;
    }

    private static IEnumerable<string> CellErrors(JsonObject cell)
    {
        var kind = (string?)cell["cell_type"];
        string[] allowed = kind == "code" ? ["id", "cell_type", "metadata", "source", "outputs", "execution_count"] : ["id", "cell_type", "metadata", "source", "attachments"];
        foreach (var (name, _) in cell) if (!allowed.Contains(name)) yield return $"unknown field {name}";
        if (cell["metadata"] is not JsonObject) yield return "no metadata";
        if (!IsMultiline(cell["source"])) yield return "source is not multi-line text";
        if (kind != "code") yield break;
        if (!cell.ContainsKey("execution_count")) yield return "no execution_count";
        if (cell["metadata"]?["dotnet_interactive"]?["language"]?.ToString() != "csharp" || cell["metadata"]?["polyglot_notebook"]?["kernelName"]?.ToString() != "csharp") yield return "no language metadata";
        foreach (var output in cell["outputs"] as JsonArray ?? []) foreach (var error in OutputErrors((JsonObject)output!)) yield return error;
    }

    private static IEnumerable<string> OutputErrors(JsonObject output)
    {
        var kind = (string?)output["output_type"];
        string[] required = kind switch
        {
            "execute_result" => ["data", "metadata", "execution_count"],
            "display_data" => ["data", "metadata"],
            "stream" => ["name", "text"],
            "error" => ["ename", "evalue", "traceback"],
            _ => ["a known output_type"],
        };
        foreach (var name in required) if (!output.ContainsKey(name)) yield return $"{kind} without {name}";
        foreach (var (name, _) in output) if (name != "output_type" && !required.Contains(name)) yield return $"{kind} with unknown field {name}";
        if (kind == "stream" && (!IsMultiline(output["text"]) || (string?)output["name"] is not ("stdout" or "stderr"))) yield return "a malformed stream";
        foreach (var (mime, value) in output["data"] as JsonObject ?? [])
        {
            var json = mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);
            if (!json && !IsMultiline(value)) yield return $"{mime} is not multi-line text";
            if (json && value is JsonValue text && text.GetValueKind() == JsonValueKind.String) yield return $"{mime} is a string, not JSON";
        }
    }

    private static bool IsMultiline(JsonNode? node) =>
        node is JsonArray lines ? lines.All(line => line is JsonValue value && value.GetValueKind() == JsonValueKind.String) : node is JsonValue single && single.GetValueKind() == JsonValueKind.String;

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex Id();
}
