using CsCheck;
using ResearchKit.Calibration;
using ResearchKit.Tests.Preference;

namespace ResearchKit.Tests.Calibration;

public sealed class CalibrationErrorTests
{
    private static readonly Gen<(double[], bool[])> Any = Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 60].Select(x => (x.Select(a => a.Item1).ToArray(), x.Select(a => a.Item2).ToArray()));

    [Fact]
    public void A_hand_written_example()
    {
        // Bins [0, .5) and [.5, 1]: confidence .2 and .8, accuracy 1/2 and 1/3 of 2 and 3 answers.
        double[] confidence = [.1, .3, .7, .8, .9];
        bool[] correct = [true, false, true, false, false];
        var bins = ReliabilityBins.EqualWidth(confidence, correct, 2);

        Assert.Equal(0.4 * 0.3 + 0.6 * (0.8 - 1 / 3.0), CalibrationError.Expected(confidence, correct, 2), 12);
        Assert.Equal((0.3 + 0.8 - 1 / 3.0) / 2, CalibrationError.Average(bins), 12);
        Assert.Equal(0.8 - 1 / 3.0, CalibrationError.Maximum(bins), 12);
        Assert.Equal((0.3 + 0.8 + 0.9) / 5, CalibrationError.OnWrongAnswers(confidence, correct), 12);
    }

    [Fact]
    public void The_error_of_a_perfectly_calibrated_source_tends_to_zero_with_the_root_of_n()
    {
        // At n answers a bin misses by about its standard error, so the error falls tenfold from n to 100 n.
        double Error(int count, int seeds = 20) => Enumerable.Range(0, seeds).Average(seed => Forecasts.Draw((ulong)seed, count, q => q) is var (c, y) ? CalibrationError.Expected(c, y) : 0);

        Assert.InRange(Error(100), 0.05, 0.15);
        Assert.InRange(Error(10_000) / Error(100), 0.07, 0.14);
        Assert.True(Error(100_000, seeds: 2) < 0.006);
    }

    [Fact]
    public void An_overconfident_source_keeps_its_true_error()
    {
        // Right half as often as stated: the error is the mean of q/2, a quarter.
        var (confidence, correct) = Forecasts.Draw(1, 200_000, q => q / 2);

        Assert.Equal(0.25, CalibrationError.Expected(confidence, correct), 2);
        Assert.Equal(0.25, CalibrationError.Adaptive(confidence, correct), 2);
    }

    [Fact]
    public void One_confidence_equal_to_the_accuracy_has_no_error_however_little_it_says() =>
        Assert.Equal(0, CalibrationError.Expected([.5, .5, .5, .5], [true, false, true, false]), 12);

    [Fact]
    public void It_lies_between_the_overall_gap_and_the_largest_gap_of_a_bin() => Any.Holds(200, (confidence, correct) =>
    {
        foreach (var bins in new[] { ReliabilityBins.EqualWidth(confidence, correct), ReliabilityBins.EqualMass(confidence, correct) })
        {
            var overall = Math.Abs(confidence.Average() - correct.Average(y => y ? 1.0 : 0));
            Assert.InRange(CalibrationError.Weighted(bins), overall - 1e-12, CalibrationError.Maximum(bins) + 1e-12);
            Assert.Equal(confidence.Length, bins.Sum(bin => bin.Count));
        }
    });

    [Fact]
    public void What_is_no_forecast_is_refused_with_its_place()
    {
        Assert.Contains("confidence 1 is 7", Assert.Throws<ArgumentException>(() => CalibrationError.Expected([.5, 7], [true, true])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalibrationError.Expected([double.NaN], [true]));
        Assert.Throws<ArgumentException>(() => CalibrationError.Expected([.5], [true, false]));
        Assert.Throws<ArgumentException>(() => CalibrationError.Expected([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationError.Expected([.5], [true], bins: 0));
        Assert.Throws<ArgumentException>(() => CalibrationError.Average([new ReliabilityBin(0, 1, 0, .5, double.NaN)]));
    }
}
