using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Running;

/// <summary>The run's record: the kit's JSON with what only the runner knows filled in.</summary>
internal static class RunRecordFile
{
    internal static JsonObject Complete(JsonObject record, PreparedNotebook prepared, string libraryHash, TimeSpan wall)
    {
        record["wallSeconds"] = Math.Round(wall.TotalSeconds, 1);
        record["notebookSha256"] = prepared.FileHash;
        record["sourceSha256"] = prepared.SourceHash;
        record["librarySha256"] = libraryHash;
        return record;
    }

    internal static string? Scale(JsonObject record) => record["scale"]?.ToString();

    /// <summary>The record in a file, or null where there is none or it is not JSON.</summary>
    internal static JsonObject? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>"3 reproduced, 1 inconclusive".</summary>
    internal static string Verdicts(JsonObject record) =>
        VerdictCounts(record) is { Count: > 0 } counts ? string.Join(", ", counts.Select(count => $"{count.Count} {count.Verdict}")) : "no claims";

    /// <summary>How many claims have each verdict: reproduced first, then not reproduced, then the others.</summary>
    internal static IReadOnlyList<(string Verdict, int Count)> VerdictCounts(JsonObject record)
    {
        string[] order = ["reproduced", "not reproduced", "inconclusive"];
        var counts = (record["claims"] as JsonArray ?? []).OfType<JsonObject>().CountBy(claim => claim["verdict"]?.ToString() ?? "no verdict");
        return [.. counts.OrderBy(count => Array.IndexOf(order, count.Key) is var place && place < 0 ? order.Length : place).Select(count => (count.Key, count.Value))];
    }

    internal static byte[] Serialize(JsonObject record) => JsonText.Bytes(record, indent: 2);
}
