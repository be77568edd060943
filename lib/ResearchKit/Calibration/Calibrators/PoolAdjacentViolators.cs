namespace ResearchKit.Calibration;

/// <summary>A run of neighbours that share one fitted value.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Value">Their weighted mean.</param>
internal readonly record struct Block(int First, int Last, double Value);

/// <summary>
/// Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the non-decreasing sequence nearest to the
/// values in weighted least squares, in linear time.
/// </summary>
internal static class PoolAdjacentViolators
{
    /// <summary>The blocks, in order, their values rising.</summary>
    internal static IReadOnlyList<Block> Of(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        var blocks = new Stack<(int First, int Last, double Sum, double Weight)>();
        for (var i = 0; i < values.Count; i++)
        {
            var block = (First: i, Last: i, Sum: values[i] * weights[i], Weight: weights[i]);
            while (blocks.TryPeek(out var before) && before.Sum / before.Weight >= block.Sum / block.Weight)
            {
                blocks.Pop();
                block = (before.First, block.Last, before.Sum + block.Sum, before.Weight + block.Weight);
            }
            blocks.Push(block);
        }
        return [.. blocks.Reverse().Select(block => new Block(block.First, block.Last, block.Sum / block.Weight))];
    }
}
