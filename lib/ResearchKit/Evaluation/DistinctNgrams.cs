namespace ResearchKit.Evaluation;

/// <summary>
/// Diversity of a set of outputs: distinct n-grams over the number that random outputs of the same size would be expected
/// to hold, EAD (Liu et al. 2022, arXiv 2202.13587); averaged over n = 1..5 by Shi et al. 2024 (arXiv 2410.11677).
/// </summary>
public static class DistinctNgrams
{
    /// <summary>EAD of one n: N / (U [1 − ((U−1)/U)^C]), N distinct and C total n-grams over all outputs.</summary>
    /// <param name="outputs">Token ids of each output; shorter ones than n hold no n-gram.</param>
    /// <param name="n">1 or more.</param>
    /// <param name="possible">U, the number of n-grams that could occur; with the vocabulary's size, as is common, values pass 1 for n ≥ 2.</param>
    /// <returns>Near 1 for outputs drawn evenly from what is possible, near 0 for one output repeated; NaN where no output holds an n-gram.</returns>
    public static double ExpectationAdjusted(IEnumerable<IReadOnlyList<int>> outputs, int n, double possible)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (!(possible >= 1)) throw new ArgumentOutOfRangeException(nameof(possible), possible, "at least one n-gram must be possible");
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var output in outputs)
        {
            for (var t = 0; t + n <= output.Count; t++, total++) distinct.Add(string.Join(' ', output.Skip(t).Take(n)));
        }
        if (total == 0) return double.NaN;
        // expm1 and log1p keep the digits where U is far larger than C.
        var expected = possible <= 1 ? 1 : -possible * ExpM1(total * LogOneMinus(1 / possible));
        return distinct.Count / expected;
    }

    /// <summary>The mean of <see cref="ExpectationAdjusted"/> over n = 1 .. <paramref name="longest"/>.</summary>
    /// <param name="outputs">Token ids of each output.</param>
    /// <param name="longest">The largest n, commonly 5.</param>
    /// <param name="possible">How many n-grams could occur, for each n.</param>
    public static double MeanExpectationAdjusted(IReadOnlyCollection<IReadOnlyList<int>> outputs, int longest, Func<int, double> possible)
    {
        ArgumentNullException.ThrowIfNull(possible);
        return Enumerable.Range(1, longest).Select(n => ExpectationAdjusted(outputs, n, possible(n))).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    private static double LogOneMinus(double x) => x < 1e-5 ? -x - x * x / 2 : Math.Log(1 - x);

    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;
}
