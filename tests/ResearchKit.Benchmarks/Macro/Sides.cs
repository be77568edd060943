using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>The sides that run in a process of their own, by name; each round gives a number that shows what was computed.</summary>
internal static class Sides
{
    internal static Func<double> Create(string name) => name switch
    {
        "dpo-plain" => new DpoStepWork(DpoWay.Plain).Step,
        "training-step" => new TrainingStepWork().Step,
        _ => throw new ArgumentException($"there is no side '{name}'", nameof(name)),
    };
}
