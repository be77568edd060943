using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Export;

namespace ResearchKit.Cli.Book;

/// <summary>The words of every section for the page's own search: a script that sets one variable, so that it loads without a server.</summary>
internal static partial class SearchIndex
{
    internal static string Script(IEnumerable<(BookChapter Chapter, string Html)> chapters)
    {
        var sections = new JsonArray();
        foreach (var (chapter, html) in chapters)
        {
            foreach (var (id, heading, text) in Sections(html))
            {
                sections.Add(new JsonObject { ["page"] = chapter.Title, ["url"] = id.Length == 0 ? chapter.File : $"{chapter.File}#{id}", ["section"] = heading, ["text"] = text });
            }
        }
        return $"window.bookSections = {sections.ToJsonString()};\n";
    }

    private static IEnumerable<(string Id, string Heading, string Text)> Sections(string html)
    {
        var headings = Heading().Matches(html).ToList();
        var end = headings.Count > 0 ? headings[0].Index : html.Length;
        if (PlainText.Of(html[..end]) is { Length: > 0 } before) yield return ("", "", before);
        foreach (var (index, heading) in headings.Index())
        {
            var start = heading.Index + heading.Length;
            end = index + 1 < headings.Count ? headings[index + 1].Index : html.Length;
            yield return (heading.Groups["id"].Value, PlainText.Of(heading.Groups["text"].Value), PlainText.Of(html[start..end]));
        }
    }

    [GeneratedRegex("""<h[1-6] id="(?<id>[^"]+)"[^>]*>(?<text>.*?)</h[1-6]>""", RegexOptions.Singleline)]
    private static partial Regex Heading();
}
