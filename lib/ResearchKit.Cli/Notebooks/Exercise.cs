using System.Globalization;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>
/// An exercise of a notebook: a cell tagged exercise-a, its statement at the end of the Markdown cell before it
/// ("**a. Title** (easy, 10 minutes). What to do ..."), and the cell tagged check-a.
/// </summary>
internal sealed partial record Exercise(string Id, NotebookCell Stub)
{
    private const string Tag = "exercise-";

    internal static IReadOnlyList<string> Difficulties { get; } = ["easy", "medium", "harder"];

    /// <summary>The Markdown cell before the stub, or null.</summary>
    internal NotebookCell? Text { get; private init; }

    /// <summary>Where in <see cref="Text"/> the statement begins, or null where it has not the form above.</summary>
    internal int? Start { get; private init; }

    internal string Title { get; private init; } = "";

    internal string Difficulty { get; private init; } = "";

    internal int Minutes { get; private init; }

    internal string Statement { get; private init; } = "";

    internal NotebookCell? Check { get; private init; }

    internal string StubTag => Tag + Id;

    internal static string? IdOf(NotebookCell cell) => cell.Tags.FirstOrDefault(tag => tag.StartsWith(Tag, StringComparison.Ordinal))?[Tag.Length..];

    internal static IReadOnlyList<Exercise> Of(Notebook notebook)
    {
        var cells = notebook.Cells;
        var found = new List<Exercise>();
        foreach (var (index, stub) in cells.Index())
        {
            if (!stub.IsCode || IdOf(stub) is not { } id) continue;
            var text = index > 0 && cells[index - 1].IsMarkdown ? cells[index - 1] : null;
            var check = cells.Skip(index + 1).FirstOrDefault(cell => cell.Tags.Contains($"check-{id}"));
            found.Add(new Exercise(id, stub) { Text = text, Check = check }.WithStatement());
        }
        return found;
    }

    /// <summary>True where notebooks/solutions/ has a cell for this exercise.</summary>
    internal bool IsSolved(Checkout checkout, NotebookEntry entry)
    {
        var path = Solutions.PathOf(checkout, entry);
        return File.Exists(path) && NotebookFile.Read(path).Tagged(StubTag) is not null;
    }

    private Exercise WithStatement()
    {
        if (Text is null || Head().Matches(Text.Source).LastOrDefault() is not { } head || head.Groups["id"].Value != Id) return this;
        return this with
        {
            Start = head.Index,
            Title = head.Groups["title"].Value,
            Difficulty = head.Groups["difficulty"].Value,
            Minutes = int.Parse(head.Groups["minutes"].Value, CultureInfo.InvariantCulture),
            Statement = Text.Source[(head.Index + head.Length)..].Trim(),
        };
    }

    [GeneratedRegex(@"^\*\*(?<id>[a-z0-9]+)\. (?<title>.+?)\*\* \((?<difficulty>[a-z]+), (?<minutes>[0-9]{1,3}) minutes\)\.", RegexOptions.Multiline)]
    private static partial Regex Head();
}
