using ResearchKit.Calibration;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Calibration;

public sealed class LengthConditionalCalibratorTests
{
    [Fact]
    public void It_finds_a_temperature_for_each_length_where_one_for_all_cannot()
    {
        var rng = new Rng(61);
        double[] scores = [.. Enumerable.Range(0, 30_000).Select(_ => 3 * rng.NextNormal())];
        double[] lengths = [.. scores.Select(_ => (double)(1 + rng.Next(2)))];
        bool[] outcomes = [.. scores.Zip(lengths, (s, length) => rng.Chance(LogOdds.Probability(length == 1 ? s : s / 6)))];
        var both = LengthConditionalCalibrator.Fit(scores, lengths, outcomes, 2, TemperatureCalibrator.Fit);
        var one = TemperatureCalibrator.Fit(scores, outcomes);

        double ErrorAt(double length, Func<double, double> apply)
        {
            var rows = Enumerable.Range(0, scores.Length).Where(i => lengths[i] == length).ToArray();
            return CalibrationError.Expected([.. rows.Select(i => apply(scores[i]))], [.. rows.Select(i => outcomes[i])]);
        }
        Assert.Equal([1, 2], both.Starts);
        foreach (var length in new[] { 1.0, 2.0 })
        {
            Assert.True(ErrorAt(length, s => both.Apply(s, length)) < 0.02);
            Assert.True(ErrorAt(length, one.Apply) > 0.05);
        }
    }

    [Fact]
    public void Lengths_outside_belong_to_the_nearest_range()
    {
        var fitted = LengthConditionalCalibrator.Fit([0, 0, 0, 0], [10, 10, 20, 20], [true, true, false, false], 2, IsotonicCalibrator.Fit);

        Assert.Equal((1, 1, 0), (fitted.Apply(0, 1), fitted.Apply(0, 19), fitted.Apply(0, 99)));
        Assert.Throws<ArgumentException>(() => LengthConditionalCalibrator.Fit([0, 0], [1], [true, false], 2, PlattCalibrator.Fit));
    }
}
