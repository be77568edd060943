namespace ResearchKit.Plotly;

/// <summary>Plotly wraps no text, reads tags in it, and lets a long label run over its neighbour.</summary>
internal static class Words
{
    /// <summary>Roughly how wide a text is at the base font, in pixels.</summary>
    internal static int Width(string text) => (int)(text.Length * 6.8);

    /// <summary>Breaks a text into lines of at most <paramref name="length"/> characters, between words, tags made harmless.</summary>
    internal static string Wrap(string text, int length) => string.Join("<br>", Lines(text, length).Select(Plain));

    internal static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    internal static List<string> Lines(string text, int length)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > length)
            {
                lines.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        lines.Add(line);
        return lines;
    }
}
