using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Notebooks;

/// <summary>
/// Brings a notebook to nbformat 4.5 with the metadata every C# host wants. What is there stays, what is missing is
/// added: .NET Interactive's own #!import, for one, throws on a code cell without both language entries.
/// </summary>
internal static partial class NotebookRules
{
    internal static void Apply(Notebook notebook)
    {
        var metadata = Child(notebook.Json, "metadata");
        if (metadata["kernelspec"] is not JsonObject)
        {
            metadata["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        }
        if (metadata["language_info"] is not JsonObject) metadata["language_info"] = LanguageInfo();
        if (notebook.Json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int number) || number < 5) notebook.Json["nbformat_minor"] = 5;

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, cell) in notebook.Cells.Index()) ApplyToCell(cell, index, ids);
    }

    /// <summary>The same for some of the cells only: the others stay as they are.</summary>
    internal static void Complete(JsonObject notebook, IReadOnlyCollection<JsonObject> cells)
    {
        var all = new Notebook(notebook).Cells;
        var ids = all.Where(cell => !cells.Contains(cell.Json)).Select(cell => cell.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (index, cell) in all.Index().Where(pair => cells.Contains(pair.Item.Json))) ApplyToCell(cell, index, ids);
    }

    /// <summary>The cells' language, as a notebook and a kernel name it.</summary>
    internal static JsonObject LanguageInfo() => new()
    {
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = "C#",
        ["pygments_lexer"] = "csharp",
        ["version"] = "14.0",
    };

    private static void ApplyToCell(NotebookCell cell, int index, HashSet<string> ids)
    {
        if (cell.Id is not { } id || !IdPattern().IsMatch(id) || !ids.Add(id))
        {
            id = FreshId(cell.Source, index, ids);
            cell.Json["id"] = id;
            ids.Add(id);
        }
        var metadata = Child(cell.Json, "metadata");
        if (cell.Json["source"] is JsonValue) cell.Source = cell.Source;
        if (!cell.IsCode) return;
        Child(metadata, "dotnet_interactive").TryAdd("language", "csharp");
        Child(metadata, "polyglot_notebook").TryAdd("kernelName", "csharp");
        cell.Json.TryAdd("execution_count", null);
        cell.Json.TryAdd("outputs", new JsonArray());
    }

    // From the content, so that a second run gives the same file.
    private static string FreshId(string source, int index, HashSet<string> taken)
    {
        for (var salt = 0; ; salt++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index}\n{salt}\n{source}"));
            var id = Convert.ToHexStringLower(hash.AsSpan(0, 4));
            if (!taken.Contains(id)) return id;
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject existing) return existing;
        var child = new JsonObject();
        parent[name] = child;
        return child;
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    internal static partial Regex IdPattern();
}
