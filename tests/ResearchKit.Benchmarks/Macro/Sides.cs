namespace ResearchKit.Benchmarks.Macro;

/// <summary>The sides that run in a process of their own, by name; each round gives a number that shows what was computed.</summary>
internal static class Sides
{
    internal static Func<double> Create(string name) => name switch
    {
        _ => throw new ArgumentException($"there is no side '{name}'", nameof(name)),
    };
}
