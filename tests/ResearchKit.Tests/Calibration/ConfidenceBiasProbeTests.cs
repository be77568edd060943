using ResearchKit.Calibration;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Calibration;

public sealed class ConfidenceBiasProbeTests
{
    private static readonly (string Chosen, string Rejected)[] Pairs = [.. Enumerable.Range(0, 400).Select(i => ($"good {i}", $"bad {i}"))];

    private static ConfidenceBias Probe(Func<bool, double?, double> reward) => ConfidenceBiasProbe.Measure(
        Pairs, ConfidenceText.Append,
        texts => [.. texts.Select(text => reward(text.StartsWith("good", StringComparison.Ordinal), ConfidenceText.Parse(text).Stated))], new Rng(1));

    [Fact]
    public void A_reward_model_that_likes_confidence_whoever_is_right_shows_it_in_every_mode()
    {
        var bias = Probe((good, c) => (good ? 1 : 0) + (c ?? 0));

        Assert.Equal(
            (new PreferenceShare(1, 0), new PreferenceShare(0, 1), new PreferenceShare(1, 0), new PreferenceShare(1, 0)),
            (bias.AnswerOnly, bias.ConfidenceReversed, bias.ChosenWithConfidence, bias.RejectedWithConfidence));
    }

    [Fact]
    public void A_calibrated_one_prefers_low_confidence_on_rejected_answers()
    {
        var bias = Probe((good, c) => (good ? 1 : -1) * (c ?? 5));

        Assert.Equal((new PreferenceShare(1, 0), new PreferenceShare(0, 1)), (bias.ChosenWithConfidence, bias.RejectedWithConfidence));
    }

    [Fact]
    public void One_that_does_not_listen_ties_where_only_confidence_differs()
    {
        var bias = Probe((good, _) => good ? 1 : 0);

        Assert.Equal((new PreferenceShare(1, 0), new PreferenceShare(1, 0)), (bias.AnswerOnly, bias.ConfidenceReversed));
        Assert.Equal((default(PreferenceShare), default(PreferenceShare)), (bias.ChosenWithConfidence, bias.RejectedWithConfidence));
    }

    [Fact]
    public void Levels_are_7_to_10_and_0_to_3()
    {
        var rng = new Rng(2);
        int[] high = [.. Enumerable.Range(0, 400).Select(_ => ConfidenceLevels.High(rng))], low = [.. Enumerable.Range(0, 400).Select(_ => ConfidenceLevels.Low(rng))];

        Assert.Equal([7, 8, 9, 10], high.Distinct().Order());
        Assert.Equal([0, 1, 2, 3], low.Distinct().Order());
    }

    [Fact]
    public void A_sweep_gives_the_mean_reward_at_each_confidence()
    {
        var curve = ConfidenceSweep.Measure(
            ["a", "bb"], [0, 5, 10], ConfidenceText.Append,
            texts => [.. texts.Select(text => ConfidenceText.Parse(text) is var parsed ? parsed.Response.Length * parsed.Stated!.Value : 0)]);

        Assert.Equal([0, 7.5, 15], curve);
        Assert.Throws<ArgumentException>(() => ConfidenceSweep.Measure<string>([], [1], ConfidenceText.Append, texts => [.. texts.Select(_ => 0.0)]));
        Assert.Throws<ArgumentException>(() => PreferenceShare.Of([1], []));
    }
}
