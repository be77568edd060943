using System.Net;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Export;

/// <summary>What a page says, without its tags, scripts and formulas' sources.</summary>
internal static partial class PlainText
{
    internal static string Of(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Hidden().Replace(html, " "), match => match.Value.StartsWith("<span", StringComparison.Ordinal) || match.Value.StartsWith("</span", StringComparison.Ordinal) || IsMath(match.Value) ? "" : " ")), " ").Trim();

    // Code is coloured by spans within a word, formulas are elements within a word: neither ends it.
    private static bool IsMath(string tag) => tag.TrimStart('<', '/').StartsWith('m');

    [GeneratedRegex(@"<(script|style|annotation)\b.*?</\1>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
