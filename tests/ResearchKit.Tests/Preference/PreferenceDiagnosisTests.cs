using ResearchKit.Preference;
using ResearchKit.Training;

namespace ResearchKit.Tests.Preference;

/// <summary>Each finding on a hand-made run that has it and on one just short of it.</summary>
public sealed class PreferenceDiagnosisTests
{
    private const int Points = 101;

    private static readonly int[] Steps = [.. Enumerable.Range(0, Points)];

    private static IReadOnlyList<double> Line(double from, double to) => [.. Steps.Select(step => from + (to - from) * step / (Points - 1))];

    private static IReadOnlyList<double> Flat(double value) => Line(value, value);

    // A run with nothing wrong; `changes` replaces series.
    private static Dictionary<string, IReadOnlyList<double>> Healthy(params (string Name, IReadOnlyList<double> Values)[] changes)
    {
        var run = new Dictionary<string, IReadOnlyList<double>>
        {
            [DiagnosisSeries.ChosenRewards] = Line(0, 0.5),
            [DiagnosisSeries.RejectedRewards] = Line(0, -0.5),
            [DiagnosisSeries.Margins] = Line(0, 1),
            [DiagnosisSeries.Accuracies] = Line(0.5, 0.8),
            [DiagnosisSeries.Kl] = Line(0, 5),
            [DiagnosisSeries.LengthCorrelation] = Flat(0.1),
        };
        foreach (var (name, values) in changes) run[name] = values;
        return run;
    }

    private static Finding Only(Dictionary<string, IReadOnlyList<double>> run, DiagnosisThresholds? thresholds = null) =>
        Assert.Single(PreferenceDiagnosis.Of(Steps, run, thresholds));

    private static void Nothing(Dictionary<string, IReadOnlyList<double>> run) => Assert.Empty(PreferenceDiagnosis.Of(Steps, run));

    [Fact]
    public void A_healthy_run_has_no_findings() => Nothing(Healthy());

    [Fact]
    public void Chosen_answers_that_fall_while_the_margin_grows_are_displaced()
    {
        var finding = Only(Healthy((DiagnosisSeries.ChosenRewards, Line(0, -0.5)), (DiagnosisSeries.Margins, Line(0, 2))));

        Assert.Equal("chosen likelihood displaced", finding.Name);
        Assert.Equal(Severity.Warning, finding.Severity);
        // −0.1 is passed at step 20; the trailing mean over ten points lags by 4.5.
        Assert.Equal(25, finding.Step);
        Assert.Equal([DiagnosisSeries.ChosenRewards, DiagnosisSeries.RejectedRewards, DiagnosisSeries.Margins], finding.Series);
        Assert.Contains("-0.478", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Displacement_by_more_than_the_margin_gained_is_severe() =>
        Assert.Equal(Severity.Severe, Only(Healthy((DiagnosisSeries.ChosenRewards, Line(0, -3)), (DiagnosisSeries.Margins, Line(0, 2)))).Severity);

    [Fact]
    public void A_small_drop_a_passing_one_and_one_without_a_growing_margin_are_no_displacement()
    {
        Nothing(Healthy((DiagnosisSeries.ChosenRewards, Line(0, -0.1))));
        Nothing(Healthy((DiagnosisSeries.ChosenRewards, [.. Steps.Select(step => step is > 20 and < 40 ? -1.0 : 0)])));
        Nothing(Healthy((DiagnosisSeries.ChosenRewards, Line(0, -0.5)), (DiagnosisSeries.Margins, Line(1, 0.5))));
    }

    [Theory]
    [InlineData(0.49, null)]
    [InlineData(0.51, Severity.Warning)]
    [InlineData(0.79, Severity.Warning)]
    [InlineData(0.81, Severity.Severe)]
    public void Margins_that_follow_length_are_found_by_their_correlation(double correlation, Severity? expected)
    {
        var findings = PreferenceDiagnosis.Of(Steps, Healthy((DiagnosisSeries.LengthCorrelation, Flat(correlation))));

        Assert.Equal(expected, findings.SingleOrDefault()?.Severity);
        if (expected is not null) Assert.Equal("margin grown by length", findings[0].Name);
    }

    [Fact]
    public void A_margin_beyond_ln_99_early_is_a_warning_and_late_a_note()
    {
        var (early, late) = (Only(Healthy((DiagnosisSeries.Margins, Line(0, 20)))), Only(Healthy((DiagnosisSeries.Margins, Line(0, 5)))));

        Assert.Equal(("saturated sigmoid", Severity.Warning), (early.Name, early.Severity));
        Assert.Equal(28, early.Step);
        Assert.Equal(Severity.Note, late.Severity);
        Nothing(Healthy((DiagnosisSeries.Margins, Line(0, 4.6))));
    }

    [Theory]
    [InlineData(0.56, null)]
    [InlineData(0.54, "accuracy stuck")]
    [InlineData(0.46, "accuracy stuck")]
    [InlineData(0.44, "accuracy reversed")]
    public void Accuracy_is_judged_by_its_second_half(double accuracy, string? expected)
    {
        var findings = PreferenceDiagnosis.Of(Steps, Healthy((DiagnosisSeries.Accuracies, Flat(accuracy))));

        Assert.Equal(expected, findings.SingleOrDefault()?.Name);
        if (expected is not null) Assert.Equal(50, findings[0].Step);
    }

    [Fact]
    public void Accuracy_of_too_few_points_is_not_judged() =>
        Assert.Empty(PreferenceDiagnosis.Of([1, 2, 3], new Dictionary<string, IReadOnlyList<double>> { [DiagnosisSeries.Accuracies] = [0.5, 0.5, 0.5] }));

    [Fact]
    public void A_divergence_above_the_limit_is_a_warning_and_severe_while_it_accelerates()
    {
        var (steady, accelerating) = (
            Only(Healthy((DiagnosisSeries.Kl, [.. Steps.Select(step => 30 * Math.Sqrt(step / 100.0))]))),
            Only(Healthy((DiagnosisSeries.Kl, [.. Steps.Select(step => 30 * Math.Pow(step / 100.0, 3))]))));

        Assert.Equal(("KL run away", Severity.Warning), (steady.Name, steady.Severity));
        Assert.Equal(Severity.Severe, accelerating.Severity);
        Nothing(Healthy((DiagnosisSeries.Kl, Line(0, 20))));
    }

    [Fact]
    public void Rewards_at_the_first_step_show_a_wrong_reference()
    {
        var finding = Only(Healthy((DiagnosisSeries.ChosenRewards, Line(0.01, 0.5))));

        Assert.Equal(("reference mismatch at the start", Severity.Severe, 0), (finding.Name, finding.Severity, finding.Step));
        Nothing(Healthy((DiagnosisSeries.ChosenRewards, Line(0.0009, 0.5))));
    }

    [Fact]
    public void Rewards_of_a_run_that_is_read_from_later_on_show_no_mismatch() => Assert.Empty(PreferenceDiagnosis.Of(
        [50, 51], new Dictionary<string, IReadOnlyList<double>> { [DiagnosisSeries.ChosenRewards] = [0.4, 0.5], [DiagnosisSeries.RejectedRewards] = [0.1, 0.1] }));

    [Fact]
    public void Findings_come_with_the_most_severe_first_and_thresholds_are_the_callers()
    {
        var run = Healthy((DiagnosisSeries.Margins, Line(0, 20)), (DiagnosisSeries.Accuracies, Flat(0.2)));

        Assert.Equal(["accuracy reversed", "saturated sigmoid"], PreferenceDiagnosis.Of(Steps, run).Select(finding => finding.Name));
        Assert.Equal("accuracy reversed", Only(run, new DiagnosisThresholds { SaturatedMargin = 30 }).Name);
    }

    [Fact]
    public void A_history_is_read_by_its_columns_and_steps_that_reported_nothing_are_left_out()
    {
        var history = new History();
        for (var step = 1; step <= 40; step++)
        {
            var metrics = new Dictionary<string, double> { ["loss"] = 0.7, [DiagnosisSeries.Margins] = 9 };
            if (step % 10 == 0) metrics[DiagnosisSeries.Kl] = 100;
            history.Add(step, metrics);
        }

        var findings = PreferenceDiagnosis.Of(history);

        Assert.Equal(["saturated sigmoid", "KL run away"], findings.Select(finding => finding.Name));
        Assert.Equal([1, 10], findings.Select(finding => finding.Step));
    }

    [Fact]
    public void Series_of_another_length_and_steps_that_do_not_rise_are_refused()
    {
        var series = new Dictionary<string, IReadOnlyList<double>> { ["kl"] = [1, 2] };

        Assert.Contains("'kl' has 2 points", Assert.Throws<ArgumentException>(() => PreferenceDiagnosis.Of([1], series)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PreferenceDiagnosis.Of([2, 2], series));
    }

    [Fact]
    public void The_length_correlation_is_Pearsons()
    {
        var pairs = new PreferenceLoss(Vectors.Of(0, 0, 0), Vectors.Of(1, 2, 4), Vectors.Of(0, 0, 1));

        // Margins 1, 2, 3 against 1, 2, 3, then 3, 2, 1 and a constant.
        Assert.Equal(1, DiagnosisSeries.LengthCorrelationOf(pairs, Vectors.Of(5, 6, 7), Vectors.Of(4, 4, 4)), 12);
        Assert.Equal(-1, DiagnosisSeries.LengthCorrelationOf(pairs, Vectors.Of(7, 6, 5), Vectors.Of(4, 4, 4)), 12);
        Assert.True(double.IsNaN(DiagnosisSeries.LengthCorrelationOf(pairs, Vectors.Of(7, 7, 7), Vectors.Of(4, 4, 4))));
    }
}
