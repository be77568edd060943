using ResearchKit.Benchmarks.Macro.Work;
using ResearchKit.Generation;
using ResearchKit.Models;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>
/// What the estimate behind <see cref="PromptSharing.Auto"/> says that sharing costs, against what it does cost, over shapes
/// about the border: its constants were set by this case.
/// </summary>
internal static class PrefixEstimateCase
{
    private static readonly (string Name, ModelConfig Config)[] Models =
    [
        ("64 wide, 2 layers", ModelConfig.Tiny(256, 64, 2, 4, 600)),
        ("128 wide, 4 layers", ModelConfig.Tiny(512, 128, 4, 4, 600)),
        ("256 wide, 4 layers", ModelConfig.Tiny(512, 256, 4, 8, 600)),
    ];

    private static readonly (int Prompts, int Answers, int Prompt, int Answer)[] Batches =
        [(16, 2, 8, 48), (16, 2, 16, 48), (16, 2, 24, 48), (16, 2, 48, 48), (16, 2, 96, 24), (4, 8, 6, 48), (4, 8, 12, 48), (4, 8, 48, 48), (2, 8, 256, 16), (4, 2, 24, 256)];

    internal static IEnumerable<Row> Run()
    {
        foreach (var (name, config) in Models)
            foreach (var (prompts, answers, prompt, answer) in Batches)
            {
                using var work = new PrefixWork(config, prompts, answers, prompt, answer);
                var best = Race.Run(5, new LocalSide(1, 1, () => work.Step(PromptSharing.Always)), new LocalSide(1, 1, () => work.Step(PromptSharing.Never)));
                yield return new Row("prefix-estimate", $"{name}: {prompts} prompts of {prompt}, {answers} answers of {answer}", best[0], best[1], "ms", best[0] / best[1], "", null,
                    FormattableString.Invariant($"estimated {work.Estimate:F2}, {(work.Estimated ? "shared" : "not shared")}{(work.Estimated == best[0] < best[1] ? "" : ": WRONG")}"));
            }
    }
}
