using System.Net;

namespace ResearchKit.Figures;

/// <summary>The few pieces that every table of the kit is written with.</summary>
internal static class Html
{
    internal const string HeadCell = "padding:0.25em 0.9em 0.25em 0;border-bottom:1px solid currentColor;vertical-align:bottom";
    internal const string Cell = "padding:0.25em 0.9em 0.25em 0;border-bottom:1px solid rgba(128,128,128,0.3);vertical-align:top";

    internal static string Element(string tag, string text, string style) => $"<{tag} style=\"{style}\">{WebUtility.HtmlEncode(text)}</{tag}>";
}
