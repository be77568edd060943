using System.Globalization;
using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class ClaimSheetTests
{
    private static readonly double[] Zeros = [0, 0, 0, 0, 0];

    private static Claim Claim(Direction direction, double margin = 0, string id = "C1") =>
        new(id, "the treatment differs", "reward", "TDPO2", "DPO", direction, "+0.04 (figure 3)", margin);

    private static Verdict Judge(Direction direction, double margin, params double[] treatment)
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(direction, margin));
        return sheet.Judge("C1", treatment, Zeros[..treatment.Length]).Verdict;
    }

    [Theory]
    [InlineData(Direction.Higher, 0, Verdict.Reproduced, "2 3 2 3 2")]
    [InlineData(Direction.Higher, 0, Verdict.NotReproduced, "-2 -3 -2 -3 -2")]
    [InlineData(Direction.Higher, 0, Verdict.Inconclusive, "-2 3 -1 2 1")]
    [InlineData(Direction.Lower, 0, Verdict.Reproduced, "-2 -3 -2 -3 -2")]
    [InlineData(Direction.Lower, 0, Verdict.NotReproduced, "2 3 2 3 2")]
    [InlineData(Direction.Lower, 0, Verdict.Inconclusive, "-2 3 -1 2 1")]
    // A margin moves the threshold to the claimed side ...
    [InlineData(Direction.Higher, 1, Verdict.Reproduced, "2 3 2 3 2")]
    [InlineData(Direction.Higher, 2.5, Verdict.Inconclusive, "2 3 2 3 2")]
    [InlineData(Direction.Higher, 4, Verdict.NotReproduced, "2 3 2 3 2")]
    [InlineData(Direction.Lower, 1, Verdict.Reproduced, "-2 -3 -2 -3 -2")]
    [InlineData(Direction.Lower, 4, Verdict.NotReproduced, "-2 -3 -2 -3 -2")]
    // ... and a negative one to the other: not worse by more than 1.
    [InlineData(Direction.Higher, -1, Verdict.Reproduced, "0.1 -0.1 0.1 -0.1 0")]
    [InlineData(Direction.Lower, -1, Verdict.Reproduced, "0.1 -0.1 0.1 -0.1 0")]
    // Equal seeds make a point, which is a side unless it lies on the threshold.
    [InlineData(Direction.Higher, 0, Verdict.Reproduced, "1 1 1 1 1")]
    [InlineData(Direction.Higher, 0, Verdict.Inconclusive, "0 0 0 0 0")]
    [InlineData(Direction.Lower, 1, Verdict.Inconclusive, "-1 -1 -1 -1 -1")]
    public void The_verdict_is_the_side_of_the_threshold_on_which_the_interval_lies(Direction direction, double margin, Verdict verdict, string treatment) =>
        Assert.Equal(verdict, Judge(direction, margin, [.. treatment.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))]));

    [Fact]
    public void Effect_and_interval_are_treatment_minus_baseline_whatever_the_direction()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(Direction.Lower));

        var result = sheet.Judge("C1", [1, 2, 3], [5, 6, 8]);

        Assert.Equal(-13.0 / 3, result.Effect, 12);
        Assert.Equal(Intervals.PairedT([-4, -4, -5]), result.Interval);
        Assert.Equal("paired Student t", result.Interval.Method);
        Assert.Equal(Verdict.Reproduced, result.Verdict);
    }

    [Fact]
    public void A_single_seed_is_inconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, Judge(Direction.Higher, 0, 100));
    }

    [Fact]
    public void A_declared_claim_that_is_never_judged_stays_in_the_results_as_not_judged()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(Direction.Higher));
        sheet.Declare(Claim(Direction.Higher, id: "C2"));
        sheet.Judge("C2", [1, 2], [0, 0]);

        Assert.Equal(["C1", "C2"], sheet.Results.Select(result => result.Claim.Id));
        Assert.Equal(Verdict.NotJudged, sheet.Results[0].Verdict);
        Assert.True(double.IsNaN(sheet.Results[0].Effect));
    }

    [Fact]
    public void Judging_again_replaces_the_outcome()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(Direction.Higher));
        sheet.Judge("C1", [1, 1.1, 1], [0, 0, 0]);
        sheet.Judge("C1", [-1, -1.1, -1], [0, 0, 0]);

        Assert.Equal(Verdict.NotReproduced, Assert.Single(sheet.Results).Verdict);
    }

    [Fact]
    public void An_undeclared_or_twice_declared_claim_is_an_error_that_names_it()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(Direction.Higher));

        Assert.Contains("C1 is declared twice", Assert.Throws<ClaimException>(() => sheet.Declare(Claim(Direction.Lower))).Message, StringComparison.Ordinal);
        Assert.Contains("C9 was never declared (C1 are)", Assert.Throws<ClaimException>(() => sheet.Judge("C9", Zeros, Zeros)).Message, StringComparison.Ordinal);
        Assert.Throws<ClaimException>(() => sheet.Declare(Claim(Direction.Higher, id: " ")));
        Assert.Throws<ClaimException>(() => sheet.Declare(Claim(Direction.Higher, double.NaN, "C2")));
    }

    [Fact]
    public void Arms_that_do_not_pair_up_and_values_that_are_not_finite_are_errors_that_name_arm_and_seed()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(Claim(Direction.Higher));

        Assert.Contains("2 value(s) of 'TDPO2' against 3 of 'DPO'", Assert.Throws<ClaimException>(() => sheet.Judge("C1", [1, 2], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ClaimException>(() => sheet.Judge("C1", [], []));
        Assert.Contains("'DPO' is NaN at seed number 2 of 2", Assert.Throws<ClaimException>(() => sheet.Judge("C1", [1, 2], [1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.NotJudged, sheet.Results[0].Verdict);
    }
}
