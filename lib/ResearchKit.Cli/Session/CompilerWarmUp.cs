using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace ResearchKit.Cli.Session;

/// <summary>
/// Compiles a script that nobody runs while a kernel waits for its first cell: lambdas, generics and LINQ cost the
/// compiler about a third of a second the first time, and nothing after.
/// </summary>
internal static class CompilerWarmUp
{
    private const string Script = """
        record Point(string Name, double[] Values);
        double Mean(IEnumerable<double> values) => values.Average();
        Point[] points = [.. Enumerable.Range(0, 3).Select(i => new Point($"{i:F1}", [i, 2.0 * i]))];
        var (first, rest) = (points[0], points[1..]);
        string.Join(", ", rest.GroupBy(p => p.Name).Select(g => (g.Key, Mean(g.SelectMany(p => p.Values)))).OrderBy(pair => pair.Item2))
        """;

    internal static void Start() =>
        new Thread(() => Compile()) { IsBackground = true, Name = "compiler warm-up", Priority = ThreadPriority.BelowNormal }.Start();

    internal static ImmutableArray<Diagnostic> Compile() => CSharpScript.Create(Script, ScriptOptions.Default
        .WithReferences(typeof(object).Assembly, typeof(Enumerable).Assembly)
        .WithImports("System", "System.Collections.Generic", "System.Linq")).Compile();
}
