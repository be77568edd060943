using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResearchKit.Data;
using ResearchKit.Reward;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Reward;

/// <summary>The way of the notebook's real section on small slices: where a rule is needed, and what a surrogate owes to its reference.</summary>
public sealed partial class HybridRealTextTests
{
    [Fact]
    public void On_real_maths_the_rule_tells_a_wrong_number_and_the_surrogate_likes_the_text_around_it()
    {
        string[] solutions = [.. File.ReadLines(Checkout.Shared("data/gsm8k/test.jsonl")).Take(40)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("answer").GetString()!)];
        decimal[] numbers = [.. solutions.Select(s => LastNumber(s).Value)];
        string[] right = [.. numbers.Select(n => $"The answer is {n}")];
        string[] wrong = [.. solutions.Zip(numbers, (s, n) => $"{s[..s.LastIndexOf("####", StringComparison.Ordinal)]}The answer is {n + 1}")];

        using var rule = RuleReward.Score<string, decimal>([.. right.Zip(wrong, (r, w) => new[] { r, w })], numbers, LastNumber).Value;
        var (near, far) = (EmbeddingReward.Of(new WordCounts(), right, solutions), EmbeddingReward.Of(new WordCounts(), wrong, solutions));

        Assert.Equal([.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? 1.0 : 0)], rule.data<double>().ToArray());
        Assert.True(near.Zip(far).Count(x => x.First < x.Second) > 36, "counted words must prefer the wrong copy");
    }

    [Fact]
    public void On_real_answers_a_rewrite_of_the_preferred_one_is_a_better_reference_than_another_question_s()
    {
        var file = Checkout.Shared("data/exrm-vs-imrm/rewrite_gpt-4.1_ultrafeedback--test.arrow");
        string[] reference = [.. RecordFiles.ReadPreference(file).Take(60).Select(r => r.Chosen.Text!)];
        var plain = RecordFiles.ReadPreference(file, new ColumnMap { Chosen = "orig_chosen", Rejected = "orig_rejected" }).Take(60).ToArray();

        double Wins(Func<int, string> to)
        {
            string[] references = [.. Enumerable.Range(0, 60).Select(to)];
            double[] Near(Func<PreferenceRecord, string> of) => EmbeddingReward.Of(new WordCounts(), [.. plain.Select(of)], references);
            return Near(r => r.Chosen.Text!).Zip(Near(r => r.Rejected.Text!)).Average(x => x.First > x.Second ? 1.0 : 0);
        }

        Assert.True(Wins(i => reference[i]) > 0.75, $"own reference: {Wins(i => reference[i])}");
        Assert.InRange(Wins(i => reference[(i + 1) % 60]), 0.3, 0.7);
    }

    private static Parsed<decimal> LastNumber(string text)
    {
        var found = Numbers().Matches(text.Replace(",", "", StringComparison.Ordinal));
        return found.Count == 0 ? default : new(true, decimal.Parse(found[^1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Numbers();

    // Words hashed to 512 places: a real, if poor, surrogate without a model file.
    private sealed class WordCounts : ITextEncoder
    {
        public string Version => "512 word counts";

        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(Counts)];

        private static float[] Counts(string text)
        {
            var counts = new float[512];
            foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '.', ',', '$'], StringSplitOptions.RemoveEmptyEntries))
                counts[word.Aggregate(7u, (hash, c) => hash * 31 + c) % 512]++;
            return counts;
        }
    }
}
