using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A notebook that has every section and runs as it is, and its solutions.</summary>
internal static partial class NewNotebook
{
    /// <summary>Writes both files and gives their paths; what is there already is never overwritten.</summary>
    internal static IReadOnlyList<string> Write(Checkout checkout, string slug, string theme, string title)
    {
        if (!Name().IsMatch(slug)) throw Bad("slug", slug);
        if (!theme.Split('/').All(part => Name().IsMatch(part)) || theme.Split('/')[0] == "solutions") throw Bad("theme", theme);
        var entry = new NotebookEntry(slug, theme, Path.Combine([checkout.Notebooks, .. theme.Split('/'), $"{slug}.ipynb"]));
        var solutions = Solutions.PathOf(checkout, entry);
        var taken = NotebookCatalog.List(checkout).Where(other => other.Slug == slug).Select(other => other.Path).Append(solutions).FirstOrDefault(File.Exists);
        if (taken is not null) throw new CliException($"{checkout.Show(taken)} is there already, and a slug has to be unique.");

        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["slug"] = slug,
            ["title"] = title,
            ["kit"] = KitReference.FolderFrom(checkout, Path.GetDirectoryName(entry.Path)!),
            ["notebook"] = checkout.Show(entry.Path).Replace('\\', '/'),
        };
        NotebookFile.Write(entry.Path, Filled("notebook.dib", slug, fields));
        NotebookFile.Write(solutions, Filled("solutions.dib", slug, fields));
        return [entry.Path, solutions];
    }

    private static Notebook Filled(string template, string slug, Dictionary<string, string> fields)
    {
        var text = Field().Replace(EmbeddedText.Read(template), field => fields[field.Groups[1].Value]);
        var notebook = DibReader.Parse(text, template);
        foreach (var (index, cell) in notebook.Cells.Index()) cell.Json["id"] = JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{slug}-{index:00}"));
        return notebook;
    }

    private static CliException Bad(string what, string value) => new($"The {what} {value} is not one: small letters, digits and hyphens, such as preference or token-level-dpo.");

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Field();
}
