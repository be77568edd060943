using System.Net;

namespace ResearchKit.Cli.Export.Math;

/// <summary>A formula that a browser draws by itself, offline; TeX beyond the subset stays readable as its source.</summary>
internal static class TexToMathMl
{
    /// <summary>What of the formula lies beyond the subset, or null.</summary>
    internal static string? Fault(string tex)
    {
        try
        {
            new TexParser(TexTokens.Read(tex.Trim()), display: true).ParseAll();
            return null;
        }
        catch (TexUnknownException error)
        {
            return error.Message;
        }
    }

    internal static string Render(string tex, bool display)
    {
        try
        {
            var body = new TexParser(TexTokens.Read(tex.Trim()), display).ParseAll();
            var source = WebUtility.HtmlEncode(tex.Trim());
            return $"<math{(display ? " display=\"block\"" : "")}><semantics><mrow>{body}</mrow><annotation encoding=\"application/x-tex\">{source}</annotation></semantics></math>";
        }
        catch (TexUnknownException)
        {
            return $"<code class=\"tex\">{WebUtility.HtmlEncode(tex.Trim())}</code>";
        }
    }
}
