using System.Globalization;

namespace ResearchKit.Figures;

/// <summary>How much of a large value is shown; what is left out is always counted.</summary>
internal static class Shortened
{
    internal const int Rows = 50, Characters = 2000, Tokens = 400;

    /// <summary>The text's beginning, and how long it is in all.</summary>
    internal static string Text(string text)
    {
        if (text.Length <= Characters) return text;
        // Never half a character.
        var end = char.IsHighSurrogate(text[Characters - 1]) ? Characters - 1 : Characters;
        return $"{text[..end]}… ({Number(text.Length)} characters in all)";
    }

    /// <summary>"… 70 more of 120 rows", or null where all are shown.</summary>
    internal static string? Note(int count, int shown, string what) => count <= shown ? null : $"… {Number(count - shown)} more of {Number(count)} {what}";

    internal static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
