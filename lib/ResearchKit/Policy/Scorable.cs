using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// Rewards of which some are missing: NaN means "not scorable" (a parser found no answer, a judge gave no verdict), and
/// is left out of every mean. Official code: huggingface/trl f2cd577, trl/trainer/rloo_trainer.py.
/// </summary>
public static class Scorable
{
    /// <summary>Several reward functions as one: the weighted sum of those that could score the answer.</summary>
    /// <param name="rewards">[N,F], NaN where a function could not score an answer.</param>
    /// <param name="weights">[F].</param>
    /// <returns>[N]; NaN only where no function could score the answer.</returns>
    public static Tensor WeightedSum(Tensor rewards, Tensor weights)
    {
        PolicyChecks.Matrix(rewards, nameof(rewards));
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.dim() != 1 || weights.shape[0] != rewards.shape[1])
            throw new ArgumentException($"weights have shape {PolicyChecks.Shape(weights)}, rewards {PolicyChecks.Shape(rewards)}: one weight per reward function is expected", nameof(weights));
        using var scope = NewDisposeScope();
        var none = rewards.isnan().all(1);
        return Sum(rewards * weights, 1).squeeze(1).masked_fill(none, double.NaN).MoveToOuterDisposeScope();
    }

    /// <summary>How many along a dimension are not NaN; the dimension is kept.</summary>
    internal static Tensor Count(Tensor values, long dimension) => values.isnan().logical_not().sum(dimension, keepdim: true);

    /// <summary>The sum of those; 0 for none.</summary>
    internal static Tensor Sum(Tensor values, long dimension) => values.masked_fill(values.isnan(), 0).sum(dimension, keepdim: true);

    /// <summary>Their mean; NaN for none.</summary>
    internal static Tensor Mean(Tensor values, long dimension) => Sum(values, dimension) / Count(values, dimension);

    /// <summary>Their unbiased standard deviation; NaN for none, 0 for one.</summary>
    internal static Tensor Deviation(Tensor values, long dimension)
    {
        using var scope = NewDisposeScope();
        var n = Count(values, dimension);
        var squares = Sum((values - Mean(values, dimension)).square(), dimension);
        return (squares / (n - 1).clamp_min(1)).sqrt().masked_fill(n.eq(0), double.NaN).MoveToOuterDisposeScope();
    }
}
