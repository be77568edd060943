using System.Net;
using System.Text;

namespace ResearchKit.Cli.Export.Math;

/// <summary>Recursive descent over the TeX that papers of this field write; gives MathML Core.</summary>
internal sealed partial class TexParser(IEnumerable<TexToken> source, bool display)
{
    private readonly List<TexToken> tokens = [.. source];
    private int at;

    // Above 0 in sub- and superscripts, where TeX sets no space around operators.
    private int scripts;

    internal string ParseAll() => Row(() => at >= tokens.Count);

    private TexToken? Peek => at < tokens.Count ? tokens[at] : null;

    private string Row(Func<bool> ended)
    {
        var row = new StringBuilder();
        while (!ended())
        {
            if (at >= tokens.Count) throw new TexUnknownException("a group is not closed");
            if (Peek!.Kind == TexTokenKind.Space) at++;
            else row.Append(WithScripts());
        }
        return row.ToString();
    }

    private string WithScripts()
    {
        var limits = TakesLimits(Peek!);
        var body = Peek!.Kind is TexTokenKind.Superscript or TexTokenKind.Subscript ? "<mrow></mrow>" : Atom();
        string? below = null, superscript = null;
        var primes = "";
        for (SkipSpaces(); Peek is { } token; SkipSpaces())
        {
            if (token.Text is @"\limits" or @"\nolimits") limits = token.Text == @"\limits";
            else if (token.Text == "'") primes += "<mo>′</mo>";
            else if (token.Kind is not (TexTokenKind.Superscript or TexTokenKind.Subscript)) break;
            at++;
            if (token.Kind == TexTokenKind.Superscript) superscript = superscript is null ? Script() : throw new TexUnknownException("a double superscript");
            if (token.Kind == TexTokenKind.Subscript) below = below is null ? Script() : throw new TexUnknownException("a double subscript");
        }
        var above = primes.Length == 0 ? superscript : $"<mrow>{primes}{superscript}</mrow>";
        return (below, above, limits) switch
        {
            (null, null, _) => body,
            (not null, null, true) => $"<munder>{body}{below}</munder>",
            (null, not null, true) => $"<mover>{body}{above}</mover>",
            (not null, not null, true) => $"<munderover>{body}{below}{above}</munderover>",
            (not null, null, false) => $"<msub>{body}{below}</msub>",
            (null, not null, false) => $"<msup>{body}{above}</msup>",
            _ => $"<msubsup>{body}{below}{above}</msubsup>",
        };
    }

    private string Script()
    {
        scripts++;
        var script = Argument();
        scripts--;
        return script;
    }

    private bool TakesLimits(TexToken token) =>
        token.Text is @"\underbrace" or @"\overbrace" ||
        (display && (TexSymbols.Large.ContainsKey(token.Text) || TexSymbols.LimitFunctions.Contains(token.Text) || token.Text == @"\operatorname*"));

    private string Atom()
    {
        var token = tokens[at++];
        switch (token.Kind)
        {
            case TexTokenKind.Open:
                var inner = Row(() => Peek?.Kind == TexTokenKind.Close);
                at++;
                return $"<mrow>{inner}</mrow>";
            case TexTokenKind.Command:
                return Command(token.Text);
            case TexTokenKind.Letter:
                return $"<mi>{WebUtility.HtmlEncode(token.Text)}</mi>";
            case TexTokenKind.Number:
                return $"<mn>{token.Text}</mn>";
            case TexTokenKind.Symbol when token.Text == "~":
                return Space("~");
            case TexTokenKind.Symbol when token.Text is "-" or "+" && IsPrefix(at - 1):
                return $"<mo form=\"prefix\">{(token.Text == "-" ? "−" : "+")}</mo>";
            case TexTokenKind.Symbol:
                return Operator(token.Text == "-" ? "−" : token.Text == "*" ? "∗" : token.Text);
            default:
                throw new TexUnknownException($"\"{token.Text}\" is out of place");
        }
    }

    // A sign after a relation, an opening bracket or nothing is the operand's own: no space follows it.
    private bool IsPrefix(int sign)
    {
        var before = sign - 1;
        while (before >= 0 && tokens[before].Kind == TexTokenKind.Space) before--;
        if (before < 0) return true;
        var token = tokens[before];
        return token.Kind is TexTokenKind.Open or TexTokenKind.Align or TexTokenKind.Superscript or TexTokenKind.Subscript
            || token.Text is "=" or "<" or ">" or "(" or "[" or "," or "+" or "-" or @"\\" or @"\left"
            || (token.Kind == TexTokenKind.Command && TexSymbols.Relations.Contains(token.Text));
    }

    /// <summary>A group, or the one token that TeX takes as an argument.</summary>
    private string Argument()
    {
        SkipSpaces();
        if (Peek is not { } token) throw new TexUnknownException("an argument is missing");
        if (token.Kind == TexTokenKind.Number && token.Text.Length > 1)
        {
            // TeX takes one digit: \frac12 is a half.
            tokens[at] = token with { Text = token.Text[1..] };
            return $"<mn>{token.Text[0]}</mn>";
        }
        return Atom();
    }

    /// <summary>The raw text of a braced argument.</summary>
    private string TextArgument()
    {
        SkipSpaces();
        if (Peek?.Kind != TexTokenKind.Open) return Peek is { } single ? tokens[at++].Text : throw new TexUnknownException("an argument is missing");
        var text = new StringBuilder();
        var depth = 0;
        do
        {
            if (Peek is not { } token) throw new TexUnknownException("a group is not closed");
            depth += token.Kind switch { TexTokenKind.Open => 1, TexTokenKind.Close => -1, _ => 0 };
            var brace = token.Kind is TexTokenKind.Open or TexTokenKind.Close;
            if (!brace) text.Append(token.Text);
            at++;
        }
        while (depth > 0);
        return text.ToString();
    }

    private void SkipSpaces()
    {
        while (Peek?.Kind == TexTokenKind.Space) at++;
    }

    private string Operator(string text, bool stretchy = false)
    {
        var fence = text is "(" or ")" or "[" or "]" or "{" or "}" or "|" or "‖" or "⟨" or "⟩" or "⌊" or "⌋" or "⌈" or "⌉" or "∣" or "/";
        return $"<mo{(fence || stretchy ? $" stretchy=\"{(stretchy ? "true" : "false")}\"" : "")}{(scripts > 0 && !fence ? " lspace=\"0\" rspace=\"0\"" : "")}>{WebUtility.HtmlEncode(text)}</mo>";
    }

    private static string Space(string command) => $"<mspace width=\"{TexSymbols.Spaces[command]}em\"></mspace>";
}
