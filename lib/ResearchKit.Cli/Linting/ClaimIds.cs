using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Cli.Linting;

/// <summary>A claim's id as the code writes it: a literal, the variable of a foreach over literals, or a pattern with * for what only a run can tell.</summary>
internal static class ClaimIds
{
    internal static IReadOnlyList<string> Of(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax interpolated => [string.Concat(interpolated.Contents.Select(part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "*"))],
        IdentifierNameSyntax name => OfVariable(name),
        _ => ["*"],
    };

    internal static bool Same(string first, string second) => Matches(first, second) || Matches(second, first);

    private static bool Matches(string pattern, string id) => Regex.IsMatch(id, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$");

    private static IReadOnlyList<string> OfVariable(IdentifierNameSyntax name)
    {
        foreach (var loop in name.Ancestors().OfType<CommonForEachStatementSyntax>())
        {
            if (Place(loop, name.Identifier.ValueText) is not { } place) continue;
            var items = loop.Expression switch
            {
                ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
                ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
                _ => default,
            };
            var ids = items.Select(item => item is TupleExpressionSyntax tuple ? tuple.Arguments[place].Expression : item).Select(item => Of(item)).ToList();
            return ids.Count == 0 ? ["*"] : [.. ids.SelectMany(id => id)];
        }
        return ["*"];
    }

    // foreach (var id in ...) is place 0, foreach (var (id, k) in ...) the place in the parentheses.
    private static int? Place(CommonForEachStatementSyntax loop, string name)
    {
        if (loop is ForEachStatementSyntax plain) return plain.Identifier.ValueText == name ? 0 : null;
        if (loop is not ForEachVariableStatementSyntax { Variable: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax parts } }) return null;
        var place = parts.Variables.Select(variable => variable.ToString()).ToList().IndexOf(name);
        return place < 0 ? null : place;
    }
}
