using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Notebooks;

/// <summary>
/// The .dib format of .NET Interactive: a #!meta block, then cells that #!markdown and #!csharp begin. What it has no
/// place for stands here:
/// - the notebook's own fields as "notebook" in the #!meta block's JSON;
/// - a cell's id, tags and other fields in a comment at its top, //% {...} or &lt;!--% {...} --&gt;, which moves with the
///   cell when it is moved by hand; "metadata" stands for the two language entries and the tags unless written out;
/// - a raw cell is a #!markdown cell with "cell_type": "raw";
/// - a line of a cell that would begin another cell has a backslash before it;
/// - a source that the format would trim is kept whole as "source", which counts while the text below still says the same.
/// </summary>
internal static partial class Dib
{
    internal const string Meta = "meta";
    internal const string Markdown = "markdown";
    internal const string CSharp = "csharp";
    internal const string CodeMark = "//%";
    internal const string TextMark = "<!--%";
    internal const string TextMarkEnd = "-->";

    /// <summary>What begins a cell in .NET Interactive, of which this kit's notebooks have the first three.</summary>
    private const string Words = "meta|markdown|csharp|fsharp|pwsh|powershell|javascript|html|sql|kql|mermaid|value|http";

    /// <summary>A cell's text as the format keeps it: line feeds, no empty lines before and after.</summary>
    internal static string Trimmed(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, line => line.Trim().Length > 0);
        return first < 0 ? "" : string.Join('\n', lines[first..(Array.FindLastIndex(lines, line => line.Trim().Length > 0) + 1)]);
    }

    internal static string Escaped(string text) => Escapable().Replace(text, @"\$&");

    internal static string Unescaped(string text) => EscapedLine().Replace(text, "");

    /// <summary>The word of a line that begins a cell, or null.</summary>
    internal static string? WordOf(string line) => Begin().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    internal static JsonObject LanguageMetadata() => new()
    {
        ["dotnet_interactive"] = new JsonObject { ["language"] = CSharp },
        ["polyglot_notebook"] = new JsonObject { ["kernelName"] = CSharp },
    };

    [GeneratedRegex($@"^#!({Words})[ \t]*$")]
    private static partial Regex Begin();

    [GeneratedRegex($@"^\\*#!({Words})[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Escapable();

    [GeneratedRegex($@"^\\(?=\\*#!({Words})[ \t]*$)", RegexOptions.Multiline)]
    private static partial Regex EscapedLine();
}
