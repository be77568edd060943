using ResearchKit.Data;
using ResearchKit.Evaluation;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Evaluation;

public sealed class RewardBenchTests
{
    [Fact]
    public void Accuracy_is_by_category_and_a_tie_is_wrong()
    {
        var outcome = PairwiseByCategory.Of([new("chat", 2, 1), new("code", 1, 1), new("chat", 0, 1), new("chat", 1, 0)]);

        Assert.Equal((2 / 3.0, 0.0), (outcome.Accuracies["chat"], outcome.Accuracies["code"]));
        Assert.Equal((0.5, 1 / 3.0), (outcome.Overall, outcome.Macro));
        Assert.Contains("pair 0 ('chat') scores NaN and 1", Assert.Throws<ArgumentException>(() => PairwiseByCategory.Of([new("chat", double.NaN, 1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_categories_make_sections_weighted_by_their_pairs()
    {
        var scores = RewardBench.SectionScores(
            new Dictionary<string, double> { ["a"] = 1, ["b"] = 0.5 },
            new Dictionary<string, IReadOnlyList<string>> { ["both"] = ["a", "b", "c"], ["none"] = ["c"] },
            new Dictionary<string, int> { ["a"] = 10, ["b"] = 30 });

        Assert.Equal((0.625, 0), (scores["both"], scores["none"]));
    }

    [Fact]
    public void Real_RewardBench_files_are_evaluated_by_category()
    {
        ScoredPair[] Score(string subset, string file) => [.. RecordFiles.ReadPreference(Checkout.Shared($"data/exrm-vs-imrm/{file}--test.arrow"))
            .Select(pair => new ScoredPair(subset, pair.Chosen.Text!.Length, pair.Rejected.Text!.Length))];
        var byLength = PairwiseByCategory.Of([.. Score("code", "rewardbench_code"), .. Score("maths", "rewardbench_math")]);

        Assert.Equal(["code", "maths"], byLength.Accuracies.Keys);
        Assert.InRange(byLength.Overall, 0, 1);
        Assert.Equal(byLength.Overall, byLength.Accuracies.Sum(entry => entry.Value * byLength.Counts[entry.Key]) / byLength.Counts.Values.Sum(), 1e-12);
    }
}
