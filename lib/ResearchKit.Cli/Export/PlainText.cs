using System.Net;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Export;

/// <summary>What a page says, without its tags, scripts and formulas' sources.</summary>
internal static partial class PlainText
{
    internal static string Of(string html) =>
        Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Blocks().Replace(Hidden().Replace(html, " "), " "), "")), " ").Trim();

    [GeneratedRegex(@"<(script|style|annotation)\b.*?</\1>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    // Other elements stand within a line, and may within a word: they end none.
    [GeneratedRegex(@"</?(p|div|section|article|h[1-6]|ul|ol|li|table|caption|tr|th|td|pre|blockquote|details|summary|br|hr|img|mtr|mtd|math)\b[^>]*>")]
    private static partial Regex Blocks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
