using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A notebook as its JSON: what this program does not know of is kept as it was.</summary>
internal sealed class Notebook(JsonObject json)
{
    internal JsonObject Json { get; } = json;

    internal IReadOnlyList<NotebookCell> Cells => [.. CellArray.Select(cell => new NotebookCell((JsonObject)cell!))];

    /// <summary>The first heading of the first level, or null.</summary>
    internal string? Title => Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Heading(maxLevel: 1)).FirstOrDefault(heading => heading is not null);

    internal NotebookCell? Tagged(string tag) => Cells.FirstOrDefault(cell => cell.Tags.Contains(tag));

    internal void InsertAfter(NotebookCell cell, NotebookCell added) => CellArray.Insert(CellArray.IndexOf(cell.Json) + 1, added.Json);

    internal Notebook Copy() => new((JsonObject)Json.DeepClone());

    private JsonArray CellArray => (JsonArray)Json["cells"]!;
}
