using System.Net;
using System.Text;

namespace ResearchKit.Cli.Export.Math;

internal sealed partial class TexParser
{
    private string Command(string command)
    {
        if (TexSymbols.Identifiers.TryGetValue(command, out var identifier)) return $"<mi>{identifier}</mi>";
        if (TexSymbols.Operators.TryGetValue(command, out var symbol)) return Operator(symbol);
        if (TexSymbols.Large.TryGetValue(command, out var large)) return $"<mo>{large}</mo>";
        if (TexSymbols.Integrals.TryGetValue(command, out var integral)) return $"<mo>{integral}</mo>";
        if (TexSymbols.Functions.Contains(command) || TexSymbols.LimitFunctions.Contains(command)) return Function(command[1..]);
        if (TexSymbols.Spaces.ContainsKey(command)) return Space(command);
        if (TexSymbols.Accents.TryGetValue(command, out var accent))
        {
            var stretchy = TexSymbols.StretchedAccents.Contains(command) ? "true" : "false";
            return $"<mover accent=\"true\">{Argument()}<mo stretchy=\"{stretchy}\">{accent}</mo></mover>";
        }
        return command switch
        {
            @"\frac" or @"\tfrac" or @"\dfrac" or @"\cfrac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
            @"\binom" => $"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>",
            @"\sqrt" => Root(),
            @"\left" => LeftRight(),
            @"\begin" => Environment(),
            @"\text" or @"\textrm" or @"\textit" or @"\textbf" or @"\textsf" or @"\texttt" or @"\mbox" => $"<mtext>{WebUtility.HtmlEncode(TextArgument()).Replace(" ", "&#160;", StringComparison.Ordinal)}</mtext>",
            @"\mathrm" or @"\operatorname" or @"\mathit" => Upright(),
            @"\underbrace" => $"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>",
            @"\overbrace" => $"<mover>{Argument()}<mo stretchy=\"true\">⏞</mo></mover>",
            @"\underline" => $"<munder>{Argument()}<mo stretchy=\"true\">_</mo></munder>",
            @"\overset" or @"\stackrel" => Stacked("mover"),
            @"\underset" => Stacked("munder"),
            @"\big" or @"\Big" or @"\bigg" or @"\Bigg" or @"\bigl" or @"\bigr" or @"\Bigl" or @"\Bigr" or @"\biggl" or @"\biggr" or @"\Biggl" or @"\Biggr" or @"\bigm" or @"\Bigm" or @"\middle" => Sized(command),
            @"\displaystyle" or @"\textstyle" or @"\limits" or @"\nolimits" or @"\nonumber" or @"\notag" => "",
            @"\not" => Negated(),
            _ when MathAlphabets.Map(command, "x") is not null => Alphabet(command),
            _ => throw new TexUnknownException(command),
        };
    }

    private string Function(string name)
    {
        var text = name switch { "argmin" => "arg&#160;min", "argmax" => "arg&#160;max", _ => name };
        var identifier = $"<mi mathvariant=\"normal\">{text}</mi>";
        if (Peek?.Kind is TexTokenKind.Subscript or TexTokenKind.Superscript) return identifier;
        SkipSpaces();
        // TeX sets a thin space before a bare argument and none before a bracket.
        var bare = Peek is { Kind: TexTokenKind.Letter or TexTokenKind.Number } ||
            (Peek is { Kind: TexTokenKind.Command } next && (TexSymbols.Identifiers.ContainsKey(next.Text) || next.Text is @"\frac" or @"\sum" or @"\hat" or @"\mathbb"));
        return $"<mrow>{identifier}<mo>&#8289;</mo>{(bare ? Space(@"\,") : "")}</mrow>";
    }

    private string Upright()
    {
        if (Peek?.Text == "*") at++;
        return $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(TextArgument().Replace(@"\,", " ", StringComparison.Ordinal))}</mi>";
    }

    private string Alphabet(string command)
    {
        var text = TextArgument();
        // A Greek letter or an accent in \mathbf keeps its own form.
        if (text.Contains('\\', StringComparison.Ordinal)) return new TexParser(TexTokens.Read(text), display).ParseAll();
        return $"<mi>{WebUtility.HtmlEncode(MathAlphabets.Map(command, text)!)}</mi>";
    }

    private string Root()
    {
        SkipSpaces();
        if (Peek?.Text != "[") return $"<msqrt>{Argument()}</msqrt>";
        at++;
        var index = Row(() => Peek?.Text == "]");
        at++;
        return $"<mroot>{Argument()}<mrow>{index}</mrow></mroot>";
    }

    private string LeftRight()
    {
        var open = Delimiter();
        var inner = Row(() => Peek?.Text == @"\right");
        at++;
        return $"<mrow>{Fence(open)}{inner}{Fence(Delimiter())}</mrow>";
    }

    private string Sized(string command)
    {
        var size = command.TrimStart('\\') switch
        {
            "middle" => "",
            ['b', 'i', 'g', 'g', ..] => "2.0em",
            ['B', 'i', 'g', 'g', ..] => "2.6em",
            ['B', ..] => "1.6em",
            _ => "1.25em",
        };
        var delimiter = WebUtility.HtmlEncode(Delimiter());
        return size.Length == 0 ? $"<mo stretchy=\"true\">{delimiter}</mo>" : $"<mo stretchy=\"true\" minsize=\"{size}\" maxsize=\"{size}\">{delimiter}</mo>";
    }

    private string Delimiter()
    {
        SkipSpaces();
        if (Peek is not { } token) throw new TexUnknownException("a delimiter is missing");
        at++;
        if (token.Text == ".") return "";
        if (token.Kind == TexTokenKind.Symbol) return token.Text;
        return TexSymbols.Operators.TryGetValue(token.Text, out var symbol) ? symbol : throw new TexUnknownException($"the delimiter {token.Text}");
    }

    private string Fence(string delimiter) => delimiter.Length == 0 ? "" : Operator(delimiter, stretchy: true);

    private string Stacked(string element)
    {
        var mark = Argument();
        return $"<{element}>{Argument()}{mark}</{element}>";
    }

    private string Negated()
    {
        var token = Peek ?? throw new TexUnknownException(@"\not without a relation");
        at++;
        var symbol = TexSymbols.Operators.TryGetValue(token.Text, out var found) ? found : token.Text;
        return Operator(symbol + "\u0338");
    }

    private string Environment()
    {
        var name = TextArgument();
        if (name == "array") TextArgument();
        var (open, close) = name switch
        {
            "aligned" or "align" or "align*" or "split" or "array" or "matrix" or "gathered" => ("", ""),
            "cases" => ("{", ""),
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "vmatrix" => ("|", "|"),
            _ => throw new TexUnknownException($"the environment {name}"),
        };
        var align = name is "aligned" or "align" or "align*" or "split" ? " class=\"aligned\"" : name == "cases" ? " class=\"cases\"" : "";
        var table = new StringBuilder($"<mtable{align}><mtr><mtd>");
        while (true)
        {
            table.Append(Row(() => Peek?.Kind == TexTokenKind.Align || Peek?.Text is @"\\" or @"\end"));
            var separator = tokens[at++];
            if (separator.Kind == TexTokenKind.Align) table.Append("</mtd><mtd>");
            else if (separator.Text == @"\\") table.Append("</mtd></mtr><mtr><mtd>");
            else break;
        }
        if (TextArgument() != name) throw new TexUnknownException($"the environment {name} is not closed");
        return $"<mrow>{Fence(open)}{table}</mtd></mtr></mtable>{Fence(close)}</mrow>";
    }
}
