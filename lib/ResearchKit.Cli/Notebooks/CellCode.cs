using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A code cell's C# as Roslyn reads it, without the lines that are the engine's.</summary>
internal static class CellCode
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    internal static CompilationUnitSyntax Parse(string source)
    {
        // An empty line in each one's place keeps the numbers of the others.
        var lines = source.Split('\n').Select(line => line.StartsWith('#') ? "" : line);
        return CSharpSyntaxTree.ParseText(string.Join('\n', lines), Script).GetCompilationUnitRoot();
    }

    /// <summary>The calls that are written Name(...), A.Name(...) or A.B.Name(...) for one of these endings.</summary>
    internal static IEnumerable<InvocationExpressionSyntax> Calls(CompilationUnitSyntax code, params IReadOnlyList<string> endings) =>
        code.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => endings.Any(ending => Ends(call.Expression.ToString(), ending)));

    private static bool Ends(string called, string ending)
    {
        var name = called.Split('<')[0];
        return name == ending || name.EndsWith("." + ending, StringComparison.Ordinal);
    }
}
