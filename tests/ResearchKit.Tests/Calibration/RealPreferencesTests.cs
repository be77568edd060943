using System.Text.Json;
using ResearchKit.Calibration;
using ResearchKit.Data;
using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Calibration;

/// <summary>The way of the notebook's real section on a small slice: dialogues of HH-RLHF's layout, a reward head on frozen vectors, calibrators on held-out pairs.</summary>
public sealed class RealPreferencesTests
{
    [Fact]
    public void An_overconfident_head_on_generated_dialogues_is_calibrated_on_pairs_it_has_not_seen()
    {
        using var folder = new Tests.Text.TemporaryFolder();
        var path = Path.Combine(folder.Path, "harmless.jsonl");
        File.WriteAllLines(path, Dialogues(new Rng(81), 600));
        PreferenceRecord[] records = [.. RecordFiles.ReadPreference(path, ColumnMap.Dialogue)];

        var (scores, first) = HeldOut(records, new LetterCounts());
        var plain = Forecasts.Plain(scores);
        var before = CalibrationError.Expected(plain, first);

        Assert.True(before > 0.1, $"the head should be overconfident, its error is {before}");
        foreach (var (name, fit) in Forecasts.Fits)
        {
            var after = CalibrationError.Expected(fit(scores[..150], first[..150]).Apply(scores[150..]), first[150..]);
            Assert.True(after < before * 0.75, $"{name}: {after}, before {before}");
        }
    }

    [Fact]
    public void A_slice_of_the_real_dialogues_goes_the_same_way()
    {
        var records = RecordFiles.ReadPreference(Checkout.Shared("data/hh-rlhf/harmless-base-test.jsonl.gz"), ColumnMap.Dialogue).Take(200).ToArray();

        var (scores, first) = HeldOut(records, new LetterCounts());

        Assert.Equal(100, scores.Length);
        Assert.All(Forecasts.Fits, named => Assert.All(named.Fit(scores, first).Apply(scores), p => Assert.InRange(p, 0, 1)));
    }

    // Signed reward margins of the second half of the pairs, their answers in random order; the head learns the first half by heart.
    private static (double[] Scores, bool[] First) HeldOut(PreferenceRecord[] records, ITextEncoder encoder)
    {
        var rng = new Rng(82);
        var pairs = VectorPairs.Of(encoder, [.. records.Select(r => r.Prompt.Text!)], [.. records.Select(r => r.Chosen.Text!)], [.. records.Select(r => r.Rejected.Text!)]);
        int[] train = [.. Enumerable.Range(0, records.Length / 2)], test = [.. Enumerable.Range(records.Length / 2, records.Length - records.Length / 2)];
        using var head = VectorHeadTrainer.Train(pairs.Rows(train), new VectorHeadOptions { Hidden = 16, Steps = 400, LearningRate = 2e-2, WeightDecay = 0 }, new RandomStreams(83)).Head;
        var held = pairs.Rows(test);
        bool[] first = [.. test.Select(_ => rng.Chance(0.5))];
        return ([.. head.Read(held.Chosen).Zip(head.Read(held.Rejected), (w, l) => w - l).Zip(first, (margin, isFirst) => isFirst ? margin : -margin)], first);
    }

    // Labels that letters explain only in part: the answer with more a's is chosen in two pairs of three.
    private static IEnumerable<string> Dialogues(Rng rng, int count)
    {
        string Answer() => string.Concat(Enumerable.Range(0, 40).Select(_ => (char)('a' + rng.Next(26))));
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (Answer(), Answer());
            var ahead = a.Count(c => c == 'a') >= b.Count(c => c == 'a') == rng.Chance(2 / 3.0);
            string Whole(string answer) => $"\n\nHuman: question {i}\n\nAssistant: {answer}";
            yield return JsonSerializer.Serialize(new { chosen = Whole(ahead ? a : b), rejected = Whole(ahead ? b : a) });
        }
    }

    private sealed class LetterCounts : ITextEncoder
    {
        public string Version => "letters 1";

        public float[][] Encode(IReadOnlyList<string> texts) =>
            [.. texts.Select(text => Enumerable.Range(0, 26).Select(letter => (float)text.Count(c => char.ToLowerInvariant(c) == 'a' + letter)).ToArray())];
    }
}
