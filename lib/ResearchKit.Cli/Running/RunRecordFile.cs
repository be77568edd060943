using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Running;

/// <summary>The run's record: the kit's JSON with what only the runner knows filled in.</summary>
internal static class RunRecordFile
{
    internal static JsonObject Complete(JsonObject record, PreparedNotebook prepared, TimeSpan wall)
    {
        record["wallSeconds"] = Math.Round(wall.TotalSeconds, 1);
        record["notebookSha256"] = prepared.FileHash;
        record["sourceSha256"] = prepared.SourceHash;
        return record;
    }

    internal static string? Scale(JsonObject record) => record["scale"]?.ToString();

    internal static byte[] Serialize(JsonObject record) => NotebookFile.Serialize(record);
}
