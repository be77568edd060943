using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Whether a console's reader has finished typing a cell.</summary>
internal static class CodeCompleteness
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    internal static JsonObject Reply(string code)
    {
        // The engine takes its magic commands out before the compiler sees the cell.
        var lines = code.Split('\n').Select(line => line.TrimStart().StartsWith("#!", StringComparison.Ordinal) ? "" : line);
        var tree = CSharpSyntaxTree.ParseText(string.Join('\n', lines), Options);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', 4 * Depth(tree)) };
        return new JsonObject { ["status"] = tree.GetDiagnostics().Any(found => found.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete" };
    }

    private static int Depth(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
        {
            if (token.IsKind(SyntaxKind.OpenBraceToken)) depth++;
            else if (token.IsKind(SyntaxKind.CloseBraceToken)) depth--;
        }
        return Math.Max(depth, 0);
    }
}
