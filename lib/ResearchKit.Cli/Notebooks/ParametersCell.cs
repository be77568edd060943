using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A variable that the parameters cell declares; the type is null where it cannot be told from the cell.</summary>
internal sealed record Parameter(string Name, string? Type, bool Constant);

/// <summary>Reads the top-level variables of a parameters cell with Roslyn.</summary>
internal static class ParametersCell
{
    internal static IReadOnlyList<Parameter> Parse(string source)
    {
        var root = CellCode.Parse(source);
        var parameters = new List<Parameter>();
        foreach (var member in root.Members)
        {
            if (member is not FieldDeclarationSyntax field) continue;
            var constant = field.Modifiers.Any(SyntaxKind.ConstKeyword);
            foreach (var variable in field.Declaration.Variables)
            {
                var type = field.Declaration.Type.IsVar ? TypeOf(variable.Initializer?.Value) : field.Declaration.Type.ToString().Replace(" ", "", StringComparison.Ordinal);
                parameters.Add(new Parameter(variable.Identifier.ValueText, type, constant));
            }
        }
        return parameters;
    }

    private static string? TypeOf(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax literal => TypeOfLiteral(literal),
        ParenthesizedExpressionSyntax inner => TypeOf(inner.Expression),
        PrefixUnaryExpressionSyntax sign => TypeOf(sign.Operand),
        CastExpressionSyntax cast => cast.Type.ToString(),
        ConditionalExpressionSyntax choice => Common([choice.WhenTrue, choice.WhenFalse]),
        // run.Pick(smoke, workshop, paper): one value for each scale, of one type.
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Pick" } pick } } => pick.TypeArgumentList.Arguments[0].ToString(),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Pick" } } call => Common([.. call.ArgumentList.Arguments.Select(argument => argument.Expression)]),
        _ => null,
    };

    private static string? Common(IReadOnlyList<ExpressionSyntax> expressions)
    {
        var types = expressions.Select(TypeOf).Distinct().ToList();
        if (types.Count == 1) return types[0];
        return types.All(type => type is "int" or "long" or "double") ? types.Contains("double") ? "double" : "long" : null;
    }

    private static string? TypeOfLiteral(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        int => "int",
        long => "long",
        double => "double",
        bool => "bool",
        string => "string",
        _ => null,
    };
}
