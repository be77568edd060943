using System.Text;

namespace ResearchKit.Cli.Export.Math;

/// <summary>\mathbb, \mathcal and their kind as the Unicode letters made for them, which MathML Core asks for.</summary>
internal static class MathAlphabets
{
    // Letters that were in Unicode before the block was, and are missing from it.
    private static readonly Dictionary<int, string> Holes = new()
    {
        [0x1D53A] = "ℂ", [0x1D53F] = "ℍ", [0x1D545] = "ℕ", [0x1D547] = "ℙ", [0x1D548] = "ℚ", [0x1D549] = "ℝ", [0x1D551] = "ℤ",
        [0x1D49D] = "ℬ", [0x1D4A0] = "ℰ", [0x1D4A1] = "ℱ", [0x1D4A3] = "ℋ", [0x1D4A4] = "ℐ", [0x1D4A7] = "ℒ", [0x1D4A8] = "ℳ", [0x1D4AD] = "ℛ",
        [0x1D4BA] = "ℯ", [0x1D4BC] = "ℊ", [0x1D4C4] = "ℴ",
        [0x1D506] = "ℭ", [0x1D50B] = "ℌ", [0x1D50C] = "ℑ", [0x1D515] = "ℜ", [0x1D51D] = "ℨ",
        [0x1D455] = "ℎ",
    };

    /// <summary>The text in the command's alphabet, or null where the command names none.</summary>
    internal static string? Map(string command, string text) => command switch
    {
        @"\mathbb" => Map(text, 0x1D538, 0x1D552, 0x1D7D8),
        @"\mathcal" or @"\mathscr" => Map(text, 0x1D49C, 0x1D4B6, null),
        @"\mathfrak" => Map(text, 0x1D504, 0x1D51E, null),
        @"\mathbf" or @"\boldsymbol" or @"\bm" => Map(text, 0x1D400, 0x1D41A, 0x1D7CE),
        @"\mathsf" => Map(text, 0x1D5A0, 0x1D5BA, 0x1D7E2),
        @"\mathtt" => Map(text, 0x1D670, 0x1D68A, 0x1D7F6),
        _ => null,
    };

    private static string Map(string text, int upper, int lower, int? digits)
    {
        var mapped = new StringBuilder();
        foreach (var letter in text)
        {
            int? code = letter switch
            {
                >= 'A' and <= 'Z' => upper + (letter - 'A'),
                >= 'a' and <= 'z' => lower + (letter - 'a'),
                >= '0' and <= '9' when digits is { } zero => zero + (letter - '0'),
                _ => null,
            };
            mapped.Append(code is not { } point ? letter.ToString() : Holes.TryGetValue(point, out var hole) ? hole : char.ConvertFromUtf32(point));
        }
        return mapped.ToString();
    }
}
