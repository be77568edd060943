using System.Text.Json;
using ResearchKit.Evaluation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>allenai/reward-bench: section scores, best of n, ties.</summary>
internal sealed class GoldenRewardBench : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine switch
    {
        "calculate_scores_per_section" or "reroll_and_score_dataset" or "process_single_model (ties subset)" => null,
        var other => $"routine '{other}' has no implementation yet",
    };

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "calculate_scores_per_section" => Sections(item),
        "reroll_and_score_dataset" => BestOfN(item),
        _ => new(new Dictionary<string, Tensor> { ["overall_score"] = tensor(TiedAnswers.Score(Prompts(item)), dtype: ScalarType.Float64) }),
    };

    private static GoldenOutcome Sections(GoldenCase item)
    {
        Dictionary<string, T> Table<T>(string name, Func<JsonElement, T> read) => item.Parameter(name).EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value));
        Assert.Equal(Table("example_counts", value => value.GetInt32()), RewardBench.ExampleCounts);
        Assert.Equal(Table("subset_mapping", Names), RewardBench.Sections.ToDictionary(section => section.Key, section => string.Join(' ', section.Value)));
        var scores = RewardBench.SectionScores(Table("metrics", value => value.GetDouble()));
        Assert.Equal(["Chat", "Chat Hard", "Safety", "Reasoning"], scores.Keys);
        return new(new Dictionary<string, Tensor> { ["sections"] = tensor(scores.Values.ToArray()) });
    }

    private static GoldenOutcome BestOfN(GoldenCase item)
    {
        var (scores, at) = (item.Numbers("scores").Values, 0);
        double[] points = [.. item.Numbers("group_sizes").Values.Select(size => BestOfNAccuracy.Of(scores[at..(at += (int)size)]))];
        return new(new Dictionary<string, Tensor> { ["results"] = tensor(points), ["accuracy"] = tensor(points.Average(), dtype: ScalarType.Float64) });
    }

    private static (TiedPrompt, TiedPrompt)[] Prompts(GoldenCase item)
    {
        var rows = item.Parameter("rows").EnumerateArray().ToDictionary(row => row.GetProperty("id").GetString()!, row =>
        {
            double[] scores = [.. row.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
            var correct = row.GetProperty("num_correct").GetInt32();
            return new TiedPrompt(scores[..correct], scores[correct..]);
        });
        return [.. rows.Keys.Where(id => id.StartsWith("ref:", StringComparison.Ordinal)).Select(id => (rows[id], rows["tied:" + id[4..]]))];
    }

    private static string Names(JsonElement list) => string.Join(' ', list.EnumerateArray().Select(name => name.GetString()));
}
