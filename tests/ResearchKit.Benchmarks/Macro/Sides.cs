using ResearchKit.Benchmarks.Macro.Work;
using ResearchKit.Generation;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>The sides that run in a process of their own, by name; each round gives a number that shows what was computed.</summary>
internal static class Sides
{
    internal const string Step = "notebook-step", Seeds = "seeds";

    internal static Func<double> Create(string name) => name switch
    {
        "dpo-plain" => new DpoStepWork(DpoWay.Plain).Step,
        "dpo-fast" => new DpoStepWork(DpoWay.Fast).Step,
        "reward-plain" => new RewardStepWork(fast: false).Step,
        Step => new NotebookStepWork().Step,
        "chunked" => Vocabulary(work => work.Chunked()),
        "whole-logits" => Vocabulary(work => work.Plain()),
        "prefix-groups" => Groups(PromptSharing.Always),
        "generation" => Generation(),
        Seeds => SideBySide(),
        _ => throw new ArgumentException($"there is no side '{name}'", nameof(name)),
    };

    private static Func<double> Vocabulary(Func<VocabularyWork, TorchSharp.torch.Tensor> logProbs)
    {
        var work = new VocabularyWork(512);
        return () => { work.Step(() => logProbs(work)); return 0; };
    }

    private static Func<double> Groups(PromptSharing sharing)
    {
        var work = new PrefixWork(Shapes.Policy, 4, 8, Shapes.Prompt, Shapes.Answer);
        return () => { work.Step(sharing); return 0; };
    }

    private static Func<double> Generation()
    {
        var work = new GenerationWork();
        return () => work.Cached().Length;
    }

    private static Func<double> SideBySide()
    {
        var work = new SeedsWork();
        return () => work.SideBySide(work.Count);
    }
}
