using System.Globalization;
using System.Text;

namespace ResearchKit.Cli.Export;

internal sealed record PageHeading(int Level, string Id, string Html);

/// <summary>The headings of one page in their order, each with an id that no other of them has.</summary>
internal sealed class PageOutline
{
    private readonly List<PageHeading> headings = [];

    internal IReadOnlyList<PageHeading> Headings => headings;

    internal string Add(int level, string text, string html)
    {
        var name = Slug(text);
        var id = name;
        for (var number = 2; headings.Any(heading => heading.Id == id); number++) id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        headings.Add(new PageHeading(level, id, html));
        return id;
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter)) slug.Append(letter);
            else if (letter != '\'' && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-') is { Length: > 0 } name ? name : "section";
    }
}
