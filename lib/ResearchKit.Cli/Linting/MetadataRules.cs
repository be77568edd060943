using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>nbformat 4.5 with what every C# host wants: kernel, language, cell ids, both language entries of a cell.</summary>
internal static class MetadataRules
{
    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        var metadata = notebook.Json["metadata"];
        if ((int?)notebook.Json["nbformat_minor"] is not >= 5) yield return LintFinding.Error(0, "nbformat_minor is below 5, and cell ids came with 4.5");
        if (metadata?["kernelspec"]?["name"]?.ToString() != ".net-csharp") yield return LintFinding.Error(0, "metadata.kernelspec.name is not \".net-csharp\"");
        if (metadata?["language_info"]?["name"] is null) yield return LintFinding.Error(0, "metadata.language_info.name is missing");

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tags = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            var number = index + 1;
            if (cell.Id is not { } id || !NotebookRules.IdPattern().IsMatch(id)) yield return LintFinding.Error(number, "the cell's id is missing or malformed (1 to 64 letters, digits, - and _)");
            else if (!ids.TryAdd(id, number)) yield return LintFinding.Error(number, $"the id {id} is cell {ids[id]}'s too");
            foreach (var tag in cell.Tags) if (!tags.TryAdd(tag, number)) yield return LintFinding.Error(number, $"the tag {tag} is cell {tags[tag]}'s too");
            if (cell.Json["metadata"] is not JsonObject own) yield return LintFinding.Error(number, "the cell's metadata is missing");
            else if (cell.IsCode && Missing(own) is { } missing) yield return LintFinding.Error(number, $"metadata.{missing} is not \"csharp\", and #!import of the notebook fails without it");
            if (cell.IsCode && (!cell.Json.ContainsKey("execution_count") || cell.Json["outputs"] is not JsonArray)) yield return LintFinding.Error(number, "the code cell has no execution_count or no outputs");
        }
    }

    private static string? Missing(JsonObject metadata)
    {
        if (metadata["dotnet_interactive"]?["language"]?.ToString() != "csharp") return "dotnet_interactive.language";
        return metadata["polyglot_notebook"]?["kernelName"]?.ToString() == "csharp" ? null : "polyglot_notebook.kernelName";
    }
}
