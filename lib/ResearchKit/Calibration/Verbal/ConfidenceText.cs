using System.Globalization;
using System.Text.RegularExpressions;

namespace ResearchKit.Calibration;

/// <summary>A response taken apart.</summary>
/// <param name="Stated">The number after "Confidence:", clamped to 0 to 10; null where none is stated.</param>
/// <param name="Response">The response without its confidence statement.</param>
public sealed record ParsedConfidence(double? Stated, string Response)
{
    /// <summary>s = c/10 in [0, 1]; 0.5, which changes no reward, where none is stated.</summary>
    public double Share => (Stated ?? 5) / 10;
}

/// <summary>
/// Confidence as words at the end of a response. Official code: SeanLeng1/Reward-Calibration 25ecc96,
/// OpenRLHF/openrlhf/trainer/ppo_utils/calibrated_experience_maker.py, make_experience; the statement's form:
/// reward-bench/rewardbench/utils.py.
/// </summary>
public static partial class ConfidenceText
{
    /// <summary>The response with the line "Confidence: k." after it.</summary>
    /// <param name="response">The response; blanks at its end are dropped.</param>
    /// <param name="confidence">0 to 10.</param>
    public static string Append(string response, int confidence)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (confidence is < 0 or > 10) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "a confidence from 0 to 10 is expected");
        return string.Create(CultureInfo.InvariantCulture, $"{response.TrimEnd()}\nConfidence: {confidence}.");
    }

    /// <summary>
    /// Reads the first "Confidence: number" of a response, in any case of letters, and cuts every such statement out, with a
    /// tail like /10, punctuation and blanks after it.
    /// </summary>
    /// <param name="response">
    /// The response alone: the official code searches prompt and response together, and takes an example's number in the
    /// prompt for the answer's.
    /// </param>
    /// <param name="endOfText">The end token's text; set after the cut where a response that ended with it has lost it.</param>
    /// <returns>Without a statement the response as it was.</returns>
    public static ParsedConfidence Parse(string response, string endOfText = "")
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(endOfText);
        var stated = Statement().Match(response);
        if (!stated.Success) return new ParsedConfidence(null, response);
        var rest = StatementWithTail().Replace(response, "").TrimEnd();
        if (!rest.EndsWith(endOfText, StringComparison.Ordinal)) rest += " " + endOfText;
        return new ParsedConfidence(Math.Clamp(double.Parse(stated.Groups[1].Value, CultureInfo.InvariantCulture), 0, 10), rest);
    }

    [GeneratedRegex(@"Confidence:\s*([0-9]+(?:\.[0-9]+)?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex(@"Confidence:\s*[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?\s*[,.!?]* *", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StatementWithTail();
}
