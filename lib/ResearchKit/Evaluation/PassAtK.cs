namespace ResearchKit.Evaluation;

/// <summary>
/// The unbiased estimate of the probability that at least one of k samples is right, from n samples of which c are:
/// pass@k = 1 − C(n − c, k) / C(n, k) (Chen et al. 2021, arXiv 2107.03374, equation 1). Official code:
/// openai/human-eval 6d43fb9, evaluation.py, estimate_pass_at_k.
/// </summary>
public static class PassAtK
{
    /// <summary>pass@k of one problem.</summary>
    /// <param name="samples">n, at least 1.</param>
    /// <param name="correct">c, 0 .. n.</param>
    /// <param name="k">At least 1; more than n − c gives 1, also where k exceeds n.</param>
    public static double Of(int samples, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (correct < 0 || correct > samples) throw new ArgumentOutOfRangeException(nameof(correct), correct, $"0 .. {samples} is expected");
        if (samples - correct < k) return 1;
        var none = 1.0; // 1 − Π_{i = n−c+1 .. n} (1 − k/i), which does not overflow
        for (var i = samples - correct + 1; i <= samples; i++) none *= 1 - (double)k / i;
        return 1 - none;
    }

    /// <summary>The mean over problems.</summary>
    /// <param name="problems">Samples and correct samples of each problem, at least one.</param>
    /// <param name="k">At least 1.</param>
    public static double Mean(IReadOnlyList<(int Samples, int Correct)> problems, int k)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 0) throw new ArgumentException("at least one problem is expected", nameof(problems));
        return problems.Average(problem => Of(problem.Samples, problem.Correct, k));
    }
}
