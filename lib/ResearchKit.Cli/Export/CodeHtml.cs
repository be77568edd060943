using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Cli.Export;

/// <summary>C# with light colouring, from Roslyn's own tokens.</summary>
internal static class CodeHtml
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    internal static string Render(string code)
    {
        var html = new StringBuilder();
        var rest = code;
        // #r, #load and #!magic lines are the engine's, not C#'s.
        while (rest.StartsWith('#'))
        {
            var end = rest.IndexOf('\n', StringComparison.Ordinal);
            var line = end < 0 ? rest : rest[..(end + 1)];
            Append(html, "dir", line);
            rest = rest[line.Length..];
        }
        foreach (var token in CSharpSyntaxTree.ParseText(rest, Script).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia) AppendTrivia(html, trivia);
            Append(html, ClassOf(token), token.Text);
            foreach (var trivia in token.TrailingTrivia) AppendTrivia(html, trivia);
        }
        return html.ToString();
    }

    private static void AppendTrivia(StringBuilder html, SyntaxTrivia trivia)
    {
        var kind = trivia.Kind();
        var comment = kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
        Append(html, comment ? "com" : trivia.IsDirective ? "dir" : null, trivia.ToFullString());
    }

    private static string? ClassOf(SyntaxToken token)
    {
        if (token.IsKeyword() || token.IsContextualKeyword()) return "key";
        return token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => "num",
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
                or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedRawStringEndToken => "str",
            SyntaxKind.IdentifierToken => ClassOfIdentifier(token),
            _ => null,
        };
    }

    private static string? ClassOfIdentifier(SyntaxToken token) => token.Parent switch
    {
        IdentifierNameSyntax { IsVar: true } => "key",
        TypeDeclarationSyntax or ConstructorDeclarationSyntax or EnumDeclarationSyntax or DelegateDeclarationSyntax => "typ",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "fun",
        SimpleNameSyntax { Parent: InvocationExpressionSyntax } => "fun",
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access } name when access.Name == name => "fun",
        SimpleNameSyntax { Parent: ObjectCreationExpressionSyntax or VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or NullableTypeSyntax or ArrayTypeSyntax } => "typ",
        _ => null,
    };

    private static void Append(StringBuilder html, string? style, string text)
    {
        if (text.Length == 0) return;
        var encoded = WebUtility.HtmlEncode(text);
        html.Append(style is null ? encoded : $"<span class=\"{style}\">{encoded}</span>");
    }
}
