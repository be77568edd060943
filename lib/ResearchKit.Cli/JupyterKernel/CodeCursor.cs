namespace ResearchKit.Cli.JupyterKernel;

/// <summary>A place in a cell. Jupyter counts code points from the start, the engine lines and UTF-16 units.</summary>
internal sealed class CodeCursor
{
    private readonly string code;
    private readonly int unit;

    internal CodeCursor(string code, int codePoints)
    {
        this.code = code;
        unit = 0;
        for (var passed = 0; unit < code.Length && passed < codePoints; passed++) unit += char.IsSurrogatePair(code, unit) ? 2 : 1;
    }

    private CodeCursor(string code, int unit, bool inUnits) => (this.code, this.unit) = (code, inUnits ? unit : 0);

    internal int Line => code.AsSpan(0, unit).Count('\n');

    internal int Character => unit - (code.AsSpan(0, unit).LastIndexOf('\n') + 1);

    /// <summary>The place in code points.</summary>
    internal int CodePoints => Count(code.AsSpan(0, unit));

    /// <summary>Where the word or magic command that the cursor stands in or behind begins.</summary>
    internal CodeCursor WordStart()
    {
        var start = unit;
        while (start > 0 && IsWord(code[start - 1])) start--;
        if (start > 1 && code[start - 1] == '!' && code[start - 2] == '#') start -= 2;
        return new CodeCursor(code, start, inUnits: true);
    }

    internal string TextTo(CodeCursor end) => code[unit..end.unit];

    /// <summary>This place, then a place inside the nearest word before it: where an explanation may be found.</summary>
    internal IEnumerable<CodeCursor> Nearby()
    {
        yield return this;
        var end = unit;
        while (end > 0 && !IsWord(code[end - 1]) && code[end - 1] != '\n') end--;
        if (end > 0 && IsWord(code[end - 1])) yield return new CodeCursor(code, end - 1, inUnits: true);
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || char.IsSurrogate(letter);

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }
}
