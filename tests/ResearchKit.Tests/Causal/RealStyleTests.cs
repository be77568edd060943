using ResearchKit.Causal;
using ResearchKit.Data;
using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Causal;

/// <summary>The whole path on a small slice of real pairs: interventions on real answers, neutrals, a head, effects.</summary>
public sealed class RealStyleTests
{
    [Fact]
    public void Style_neutrals_take_most_of_style_s_effect_from_a_head_on_real_pairs()
    {
        LabelledPair<string>[] pairs = [.. RecordFiles.ReadPreference(Checkout.Shared("data/preference/instruction-data-with-preference.json"), ColumnMap.Alpaca).Take(80)
            .Select(r => LabelledPair.Preferred(r.Prompt.Text!, r.Chosen.Text!, r.Rejected.Text!))];
        var (training, test) = (pairs[..60], pairs[60..]);
        Transformation<string>[] dresses = [.. TextInterventions.All.Select(t => new Transformation<string>(t.Name, (text, rng) => t.Set(text, !t.Holds(text), rng)))];
        LabelledPair<string>[] neutral = [.. new SpuriousChangeNeutralizer<string>(dresses).Augment(training, new Rng(1))];

        var (plain, robust) = (Effects(training, test), Effects([.. training, .. neutral], test));

        Assert.Equal(3, plain.Length);
        Assert.True(robust.Sum(Math.Abs) < 0.6 * plain.Sum(Math.Abs), $"{string.Join(", ", plain)} before, {string.Join(", ", robust)} after");
    }

    // In standard deviations of the held-out answers' scores.
    private static double[] Effects(LabelledPair<string>[] training, LabelledPair<string>[] test)
    {
        var encoder = new Letters();
        var vectors = VectorPairs.Of(encoder, [.. training.Select(p => p.Query)], [.. training.Select(p => p.First)], [.. training.Select(p => p.Second)], [.. training.Select(p => p.Label)]);
        using var head = VectorHeadTrainer.Train(vectors, new VectorHeadOptions { Steps = 150 }, new RandomStreams(1)).Head;
        IReadOnlyList<double> Scores(IReadOnlyList<(string Query, string Answer)> rows) => head.Read(AnswerVectors.Of(encoder, [.. rows.Select(r => r.Query)], [.. rows.Select(r => r.Answer)]));
        (string, string)[] answers = [.. test.SelectMany(p => new[] { (p.Query, p.First), (p.Query, p.Second) })];
        var scores = Scores(answers);
        var deviation = Math.Sqrt(scores.Average(s => Math.Pow(s - scores.Average(), 2)));
        return [.. TextInterventions.All.Select(t => InterventionEffect.RewriteOfRewrite(Scores, answers, t, new Rng(2)).Mean / deviation)];
    }

    private sealed class Letters : ITextEncoder
    {
        public string Version => "letter counts";

        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(text =>
            (float[])[.. Enumerable.Range('a', 26).Append('\n').Append(' ').Append('-').Select(c => MathF.Log(1 + text.Count(x => char.ToLowerInvariant(x) == c)))])];
    }
}
