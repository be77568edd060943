using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>One cell, seen through its JSON.</summary>
internal sealed class NotebookCell(JsonObject json)
{
    internal JsonObject Json { get; } = json;

    internal string Kind => (string)Json["cell_type"]!;

    internal bool IsCode => Kind == "code";

    internal bool IsMarkdown => Kind == "markdown";

    internal string? Id => (string?)Json["id"];

    internal string Source
    {
        get => MultilineText.Join(Json["source"]);
        set => Json["source"] = MultilineText.Split(value);
    }

    internal IReadOnlyList<string> Tags =>
        Json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(tag => tag!.ToString())] : [];

    internal JsonArray Outputs
    {
        get => Json["outputs"] as JsonArray ?? [];
        set => Json["outputs"] = value;
    }

    internal int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    /// <summary>The text of the first Markdown heading of at most this level, or null.</summary>
    internal string? Heading(int maxLevel) => MarkdownHeadings.Of(Source).Where(heading => heading.Level <= maxLevel).Select(heading => heading.Text).FirstOrDefault();

    internal static NotebookCell Code(string id, string source, params IReadOnlyList<string> tags) => new(new JsonObject
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = tags.Count == 0 ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
        ["outputs"] = new JsonArray(),
        ["source"] = MultilineText.Split(source),
    });
}
