using System.Text.RegularExpressions;

namespace ResearchKit.Evaluation;

/// <summary>
/// Tells a refusal by a list of phrases, as over-refusal benchmarks do: whole words, any letter case, typographic
/// apostrophes read as plain ones. It sees the wording only: a polite evasion without a listed phrase passes as an answer.
/// </summary>
public sealed class RefusalMatcher
{
    private readonly Regex pattern;

    /// <summary>A matcher of these phrases.</summary>
    /// <param name="phrases">At least one, none blank.</param>
    /// <param name="atStart">True where a phrase must open the answer; false where it may stand anywhere.</param>
    public RefusalMatcher(IReadOnlyList<string> phrases, bool atStart = false)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        if (phrases.Count == 0 || phrases.Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("a matcher needs phrases, none of them blank", nameof(phrases));
        var any = string.Join('|', phrases.Select(phrase => Regex.Escape(Plain(phrase.Trim()))));
        pattern = new Regex($@"{(atStart ? @"\A\s*" : @"(?<!\w)")}(?:{any})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    /// <summary>Whether the answer holds one of the phrases.</summary>
    public bool IsRefusal(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return pattern.IsMatch(Plain(answer));
    }

    /// <summary>The share of answers that are refusals: on benign prompts, the over-refusal; NaN for none.</summary>
    public double Rate(IEnumerable<string> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers.Select(answer => IsRefusal(answer) ? 1.0 : 0.0).DefaultIfEmpty(double.NaN).Average();
    }

    private static string Plain(string text) => text.Replace('’', '\'');
}
