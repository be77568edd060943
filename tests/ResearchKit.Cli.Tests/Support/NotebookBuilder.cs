using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>Small notebooks written down as their cells.</summary>
internal sealed class NotebookBuilder
{
    private readonly JsonArray cells = [];

    internal NotebookBuilder Text(string markdown)
    {
        cells.Add(new JsonObject { ["cell_type"] = "markdown", ["id"] = $"t{cells.Count}", ["metadata"] = new JsonObject(), ["source"] = markdown });
        return this;
    }

    internal NotebookBuilder Code(string source, params string[] tags)
    {
        cells.Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"c{cells.Count}",
            ["metadata"] = tags.Length == 0 ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        });
        return this;
    }

    internal string Json() => new JsonObject { ["cells"] = cells.DeepClone(), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString();
}
