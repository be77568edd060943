using ResearchKit.Evaluation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>openai/human-eval: estimate_pass_at_k, with one n for all problems or one each.</summary>
internal sealed class GoldenPassAtK : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var (k, correct) = ((int)item.Number("k"), item.Numbers("num_correct").Values);
        var samples = item.HasInput("num_samples") ? item.Numbers("num_samples").Values : [.. correct.Select(_ => item.Number("n"))];
        (int, int)[] problems = [.. samples.Zip(correct, (n, c) => ((int)n, (int)c))];
        return new(new Dictionary<string, Tensor>
        {
            ["pass_at_k"] = tensor(problems.Select(problem => PassAtK.Of(problem.Item1, problem.Item2, k)).ToArray()),
            ["mean"] = tensor(PassAtK.Mean(problems, k), dtype: ScalarType.Float64),
        });
    }
}
