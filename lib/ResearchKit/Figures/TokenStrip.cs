using System.Globalization;
using System.Net;
using System.Text;
using ResearchKit.Text;

namespace ResearchKit.Figures;

/// <summary>
/// A text whose tokens are coloured by a number each, with the scale below. Values of both signs go from blue through
/// the page's own colour to red, zero in the middle; values of one sign deepen away from zero.
/// </summary>
public sealed class TokenStrip
{
    private const double Deepest = 0.65;

    /// <summary>Creates the strip.</summary>
    /// <param name="title">What the text is.</param>
    /// <param name="measure">What the numbers are, with their unit: "log-probability (nats)".</param>
    /// <param name="tokens">The tokens in order.</param>
    /// <exception cref="FigureException">There is no token.</exception>
    public TokenStrip(string title, string measure, IReadOnlyList<ColouredToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(measure);
        Check.Some(title, tokens, "token");
        (Title, Measure, Tokens) = (title, measure, [.. tokens]);
    }

    /// <summary>A strip of token ids.</summary>
    /// <param name="title">What the text is.</param>
    /// <param name="measure">What the numbers are, with their unit.</param>
    /// <param name="tokenizer">Gives the ids' texts.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="values">One number per id, or one less: the first token of a text has no log-probability.</param>
    /// <exception cref="FigureException">The values are neither as many as the ids nor one less.</exception>
    public static TokenStrip Of(string title, string measure, ITokenizer tokenizer, IReadOnlyList<int> ids, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(values);
        var without = ids.Count - values.Count;
        if (without is not (0 or 1)) throw new FigureException($"strip '{title}': {values.Count} values for {ids.Count} tokens; expected {ids.Count}, or {ids.Count - 1} from the second token on.");
        return new TokenStrip(title, measure, [.. ids.Select((id, t) => new ColouredToken(tokenizer.TokenText(id), t < without ? double.NaN : values[t - without]))]);
    }

    /// <summary>What the text is.</summary>
    public string Title { get; }

    /// <summary>What the numbers are.</summary>
    public string Measure { get; }

    /// <summary>The tokens.</summary>
    public IReadOnlyList<ColouredToken> Tokens { get; }

    /// <summary>The tokens with their numbers behind them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Title} ({Measure})\n");
        text.AppendJoin(' ', Shown.Select(token => double.IsNaN(token.Value) ? token.Text : $"{token.Text}[{Number(token.Value)}]"));
        return Note is { } note ? text.Append(' ').Append(note).ToString() : text.ToString();
    }

    /// <summary>The coloured text; a token's number shows under the pointer.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<div class=\"researchkit-tokens\">").Append(Html.Element("div", Title, "font-weight:600;padding-bottom:0.3em"));
        html.Append("<div style=\"line-height:1.9;max-width:60em\">");
        foreach (var token in Shown)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span title=\"{Number(token.Value)}\" style=\"white-space:pre-wrap;padding:0.15em 0.2em;margin:0 0.1em;border-radius:0.2em{Background(token.Value)}\">{WebUtility.HtmlEncode(token.Text)}</span> ");
        }
        if (Note is { } note) html.Append(Html.Element("em", note, ""));
        return html.Append("</div>").Append(Legend()).Append("</div>").ToString();
    }

    private IEnumerable<ColouredToken> Shown => Tokens.Take(Shortened.Tokens);

    private string? Note => Shortened.Note(Tokens.Count, Shortened.Tokens, "tokens");

    private double Largest => Tokens.Select(token => Math.Abs(token.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private string Legend()
    {
        var finite = Tokens.Select(token => token.Value).Where(double.IsFinite).ToArray();
        if (finite.Length == 0) return "";
        var (low, high) = (finite.Min() < 0 ? -Largest : 0, finite.Max() > 0 ? Largest : 0);
        var steps = low < 0 && high > 0 ? 7 : 5;
        var html = new StringBuilder("<div style=\"font-size:90%;padding-top:0.3em\">").Append(WebUtility.HtmlEncode(Measure)).Append(": ");
        for (var i = 0; i < steps; i++)
        {
            var value = low + (high - low) * i / (steps - 1);
            html.Append(CultureInfo.InvariantCulture, $"<span style=\"padding:0.1em 0.5em{Background(value)}\">{Number(value)}</span>");
        }
        return html.Append("</div>").ToString();
    }

    // Translucent, so that the text keeps the page's own colour and stays readable on light and on dark.
    private string Background(double value)
    {
        if (!double.IsFinite(value) || value == 0) return "";
        var depth = Math.Abs(value) / Largest * Deepest;
        return string.Create(CultureInfo.InvariantCulture, $";background:rgba({(value < 0 ? "33,102,172" : "200,50,40")},{depth:F2})");
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : (value + 0.0).ToString("G3", CultureInfo.InvariantCulture); // + 0.0: no negative zero
}
