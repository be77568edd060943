using static System.FormattableString;

namespace ResearchKit.Preference;

/// <summary>One rule per finding; a rule whose series are missing says nothing.</summary>
internal static class DiagnosisRules
{
    internal static Finding? ReferenceMismatch(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.ChosenRewards) is not { } chosen || read(DiagnosisSeries.RejectedRewards) is not { } rejected) return null;
        var (w, l) = (chosen.Values[0], rejected.Values[0]);
        // A step reports what it saw before its update, so step 1 still sees the starting policy.
        if (chosen.Steps[0] > 1 || Math.Max(Math.Abs(w), Math.Abs(l)) <= limits.MismatchTolerance) return null;
        return new("reference mismatch at the start", Severity.Severe,
            Invariant($"rewards of the first step are {w:G3} (chosen) and {l:G3} (rejected); a policy that starts at its reference has 0, tolerance {limits.MismatchTolerance:G3}"),
            chosen.Steps[0],
            "take the reference from the same checkpoint, template and precision as the policy, switch dropout off, recompute cached reference log-probabilities",
            [DiagnosisSeries.ChosenRewards, DiagnosisSeries.RejectedRewards]);
    }

    internal static Finding? ChosenDisplaced(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.ChosenRewards) is not { } chosen || read(DiagnosisSeries.Margins) is not { } margins) return null;
        if (chosen.Since(value => value <= -limits.ChosenDrop) is not { } step || margins.Last <= margins.First) return null;
        return new("chosen likelihood displaced", -chosen.Last > margins.Last ? Severity.Severe : Severity.Warning,
            Invariant($"chosen reward ends at {chosen.Last:G3} (limit {-limits.ChosenDrop:G3}) while the margin rose from {margins.First:G3} to {margins.Last:G3}"),
            step, "an absolute term: SFT (RPO), DPOP, NCA or BCO; pairs that differ more; fewer steps or a larger beta",
            [DiagnosisSeries.ChosenRewards, DiagnosisSeries.RejectedRewards, DiagnosisSeries.Margins]);
    }

    internal static Finding? MarginByLength(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.LengthCorrelation) is not { } correlation || read(DiagnosisSeries.Margins) is not { } margins) return null;
        if (correlation.Since(value => value >= limits.LengthCorrelation) is not { } step || margins.Last <= margins.First) return null;
        return new("margin grown by length", correlation.Last >= limits.SevereLengthCorrelation ? Severity.Severe : Severity.Warning,
            Invariant($"margins correlate with length differences at {correlation.Last:F2} (limit {limits.LengthCorrelation:F2}) while the margin rose from {margins.First:G3} to {margins.Last:G3}"),
            step, "a length-aware loss (R-DPO, LN-DPO, LD-DPO, SamPO, SimPO) or pairs balanced in length",
            [DiagnosisSeries.LengthCorrelation, DiagnosisSeries.Margins]);
    }

    internal static Finding? SaturatedSigmoid(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.Margins) is not { } margins || margins.Since(value => value >= limits.SaturatedMargin) is not { } step) return null;
        var half = margins.Steps[0] + (margins.Steps[^1] - margins.Steps[0]) / 2.0;
        return new("saturated sigmoid", step <= half ? Severity.Warning : Severity.Note,
            Invariant($"the margin ends at {margins.Last:G3} (limit {limits.SaturatedMargin:G3}): a pair's gradient has {1 / (1 + Math.Exp(margins.Last)):P2} of its full weight"),
            step, "stop earlier, a smaller beta, label smoothing or IPO, or harder pairs: these are learned",
            [DiagnosisSeries.Margins]);
    }

    internal static Finding? AccuracyStuck(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.Accuracies) is not { } accuracy || accuracy.Values.Length < limits.MinimumPoints) return null;
        var half = accuracy.Values.Length / 2;
        var late = accuracy.Values[half..].Average();
        if (late >= limits.StuckAccuracy) return null;
        var reversed = late < limits.ReversedAccuracy;
        return new(reversed ? "accuracy reversed" : "accuracy stuck", reversed ? Severity.Severe : Severity.Warning,
            Invariant($"accuracy over the second half is {late:P1} (limit {limits.StuckAccuracy:P0})"),
            accuracy.Steps[half],
            reversed
                ? "look at pairs by hand for swapped columns, then at the loss's slope at 0 (DiscoPOP at a small beta has the wrong sign)"
                : "a larger learning rate, more steps, cleaner labels; check that the answer mask covers the answers",
            [DiagnosisSeries.Accuracies]);
    }

    internal static Finding? KlRunAway(Func<string, MetricSeries?> read, DiagnosisThresholds limits)
    {
        if (read(DiagnosisSeries.Kl) is not { } kl || kl.Since(value => value >= limits.KlLimit) is not { } step) return null;
        var quarter = kl.Smooth.Length * 3 / 4;
        var (before, late) = ((kl.Smooth[quarter] - kl.First) / Math.Max(1, quarter), (kl.Last - kl.Smooth[quarter]) / Math.Max(1, kl.Smooth.Length - 1 - quarter));
        return new("KL run away", late > before ? Severity.Severe : Severity.Warning,
            Invariant($"KL to the reference ends at {kl.Last:G3} nats (limit {limits.KlLimit:G3}), growing by {late:G3} a point in the last quarter against {before:G3} before"),
            step, "a larger beta, a smaller learning rate, fewer steps; compare methods at equal KL",
            [DiagnosisSeries.Kl]);
    }
}
