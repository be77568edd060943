using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>The sides that run in a process of their own, by name; each round gives a number that shows what was computed.</summary>
internal static class Sides
{
    internal const string Step = "notebook-step", Seeds = "seeds";

    internal static Func<double> Create(string name) => name switch
    {
        "dpo-plain" => new DpoStepWork(DpoWay.Plain).Step,
        Step => new NotebookStepWork().Step,
        Seeds => SideBySide(),
        _ => throw new ArgumentException($"there is no side '{name}'", nameof(name)),
    };

    private static Func<double> SideBySide()
    {
        var work = new SeedsWork();
        return () => work.SideBySide(work.Count);
    }
}
