using CsCheck;
using ResearchKit.Calibration;
using ResearchKit.Tests.Preference;

namespace ResearchKit.Tests.Calibration;

/// <summary>What every calibrator promises, on generated data and on sources whose truth is known.</summary>
public sealed class CalibratorTests
{
    private static readonly Gen<(double[], bool[])> Any = Gen.Select(Gen.OneOf(Gen.Double[-6, 6], Gen.Int[-3, 3].Select(i => (double)i)), Gen.Bool)
        .Array[1, 80].Select(x => (x.Select(a => a.Item1).ToArray(), x.Select(a => a.Item2).ToArray()));

    [Fact]
    public void All_give_probabilities_and_never_less_for_more() => Any.Holds(150, (scores, outcomes) =>
    {
        double[] grid = [-1000, .. Enumerable.Range(-60, 121).Select(i => i / 5.0), .. scores, 1000];
        Array.Sort(grid);
        foreach (var (name, fit) in Forecasts.Fits)
        {
            var fitted = fit(scores, outcomes).Apply(grid);
            Assert.All(fitted, p => Assert.InRange(p, 0, 1));
            Assert.All(fitted.Zip(fitted.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 1e-12, $"{name}: {pair.First} before {pair.Second}"));
        }
    });

    [Fact]
    public void Isotonic_and_temperature_never_worsen_the_expected_error_on_the_data_of_their_fit() => Any.Holds(300, (scores, outcomes) =>
    {
        var plain = CalibrationError.Expected(Forecasts.Plain(scores), outcomes);

        Assert.InRange(CalibrationError.Expected(IsotonicCalibrator.Fit(scores, outcomes).Apply(scores), outcomes), 0, 1e-12);
        Assert.InRange(CalibrationError.Expected(TemperatureCalibrator.Fit(scores, outcomes).Apply(scores), outcomes), 0, plain + 1e-12);
    });

    [Fact]
    public void Temperature_never_worsens_the_likelihood_either() => Any.Holds(300, (scores, outcomes) =>
        Assert.True(NegativeLogLikelihood.Of(TemperatureCalibrator.Fit(scores, outcomes).Apply(scores), outcomes) <= NegativeLogLikelihood.Of(Forecasts.Plain(scores), outcomes) + 1e-12));

    [Fact]
    public void The_guard_on_temperature_is_needed_and_lets_the_likeliest_one_through_where_it_helps()
    {
        // Truth is a shift: the likeliest temperature raises the error over ten bins, so the guard holds it back.
        var (scores, outcomes) = Forecasts.Scores(11, 4000, 1, s => s + 1.5);
        var held = TemperatureCalibrator.Fit(scores, outcomes);
        double Error(double temperature) => CalibrationError.Expected(Forecasts.Plain([.. scores.Select(s => s / temperature)]), outcomes);
        Assert.True(Error(held.Likeliest) > Error(1));
        Assert.True(Error(held.Temperature) <= Error(1));

        var (spread, wins) = Forecasts.Scores(12, 20_000, 2, s => s / 3);
        var free = TemperatureCalibrator.Fit(spread, wins);
        Assert.Equal(free.Likeliest, free.Temperature);
        Assert.Equal(3, free.Temperature, 0.15);
    }

    [Fact]
    public void On_new_data_of_a_source_they_can_express_all_come_close_to_its_truth()
    {
        static double Truth(double s) => s / 3;
        var (scores, outcomes) = Forecasts.Scores(21, 20_000, 3, Truth);
        var (held, heldOutcomes) = Forecasts.Scores(22, 50_000, 3, Truth);
        var plain = CalibrationError.Expected(Forecasts.Plain(held), heldOutcomes);

        Assert.InRange(plain, 0.15, 0.4);
        foreach (var (name, fit) in Forecasts.Fits)
        {
            var error = CalibrationError.Expected(fit(scores, outcomes).Apply(held), heldOutcomes);
            Assert.True(error < 0.015, $"{name}: {error}");
        }
    }

    [Fact]
    public void Data_that_cannot_be_fitted_is_refused()
    {
        foreach (var (_, fit) in Forecasts.Fits)
        {
            Assert.Contains("value 1 is NaN", Assert.Throws<ArgumentException>(() => fit([1, double.NaN], [true, false])).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => fit([1], [true, false]));
            Assert.Throws<ArgumentException>(() => fit([], []));
        }
    }
}
