using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>nbformat's multi-line strings: one string or a list of lines that keep their line ends.</summary>
internal static class MultilineText
{
    internal static string Join(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => line!.ToString())),
        _ => node.ToString(),
    };

    internal static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        Append(lines, text);
        return lines;
    }

    /// <summary>Adds text at the end, going on with a last line that is still open.</summary>
    internal static void Append(JsonArray lines, string text)
    {
        if (lines.Count > 0 && lines[^1]!.ToString() is var open && !open.EndsWith('\n'))
        {
            lines.RemoveAt(lines.Count - 1);
            text = open + text;
        }
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }
    }
}
