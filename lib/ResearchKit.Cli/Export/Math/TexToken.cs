namespace ResearchKit.Cli.Export.Math;

internal enum TexTokenKind
{
    Command,
    Open,
    Close,
    Superscript,
    Subscript,
    Align,
    Letter,
    Number,
    Symbol,
    Space,
}

internal sealed record TexToken(TexTokenKind Kind, string Text);

/// <summary>Splits TeX mathematics into tokens.</summary>
internal static class TexTokens
{
    internal static IReadOnlyList<TexToken> Read(string tex)
    {
        var tokens = new List<TexToken>();
        for (var at = 0; at < tex.Length;)
        {
            var length = LengthAt(tex, at);
            tokens.Add(new TexToken(KindOf(tex[at]), tex.Substring(at, length)));
            at += length;
        }
        return tokens;
    }

    private static int LengthAt(string tex, int at)
    {
        if (tex[at] == '\\')
        {
            var end = at + 1;
            while (end < tex.Length && char.IsAsciiLetter(tex[end])) end++;
            return int.Min(int.Max(end - at, 2), tex.Length - at);
        }
        Func<char, bool>? run = char.IsAsciiDigit(tex[at]) ? letter => char.IsAsciiDigit(letter) || letter == '.' : char.IsWhiteSpace(tex[at]) ? char.IsWhiteSpace : null;
        if (run is null) return char.IsHighSurrogate(tex[at]) && at + 1 < tex.Length ? 2 : 1;
        var next = at;
        while (next < tex.Length && run(tex[next])) next++;
        return tex[next - 1] == '.' ? next - at - 1 : next - at;
    }

    private static TexTokenKind KindOf(char first) => first switch
    {
        '\\' => TexTokenKind.Command,
        '{' => TexTokenKind.Open,
        '}' => TexTokenKind.Close,
        '^' => TexTokenKind.Superscript,
        '_' => TexTokenKind.Subscript,
        '&' => TexTokenKind.Align,
        _ when char.IsAsciiDigit(first) => TexTokenKind.Number,
        _ when char.IsWhiteSpace(first) => TexTokenKind.Space,
        _ when char.IsLetter(first) => TexTokenKind.Letter,
        _ => TexTokenKind.Symbol,
    };
}
