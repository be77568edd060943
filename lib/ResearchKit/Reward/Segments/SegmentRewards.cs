using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// Dense rewards (Wu et al. 2023, arXiv 2306.01693, section 2.2): r_t = Σ_k w_k Σ_j 1[t = T_j^k] R_k(x, y, j), each
/// segment's reward on its last token. Official code: allenai/FineGrainedRLHF a1469d4, tasks/qa_feedback/training/reward.py.
/// </summary>
public static class SegmentRewards
{
    /// <summary>One model's rewards on the segments' last tokens [B,T], 0 elsewhere; rewards that meet on a token add up.</summary>
    /// <param name="ends">Per answer, the places of its segments' last tokens (<see cref="SegmentEnds"/>).</param>
    /// <param name="rewards">Per answer, one reward per segment.</param>
    /// <param name="width">T, the longest answer's length.</param>
    /// <param name="device">Where the result lives; the CPU by default.</param>
    /// <exception cref="ArgumentException">An answer has more or fewer rewards than segments, or a segment ends outside the row.</exception>
    public static Tensor Scatter(IReadOnlyList<int[]> ends, IReadOnlyList<IReadOnlyList<double>> rewards, int width, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentNullException.ThrowIfNull(rewards);
        if (ends.Count != rewards.Count) throw new ArgumentException($"{ends.Count} answers have segments, {rewards.Count} have rewards: the same answers are expected", nameof(rewards));
        var values = new float[ends.Count * width];
        for (var row = 0; row < ends.Count; row++)
        {
            if (ends[row].Length != rewards[row].Count)
                throw new ArgumentException($"answer {row} has {ends[row].Length} segments and {rewards[row].Count} rewards: one reward per segment is expected", nameof(rewards));
            for (var j = 0; j < ends[row].Length; j++)
            {
                var t = ends[row][j];
                if (t < 0 || t >= width) throw new ArgumentException($"segment {j} of answer {row} ends at token {t}; the row has {width} tokens", nameof(ends));
                values[row * width + t] += (float)rewards[row][j];
            }
        }
        return tensor(values, [ends.Count, width], device: device);
    }

    /// <summary>Several models' token rewards as one: Σ_k w_k r^k [B,T].</summary>
    /// <param name="parts">Each model's token rewards [B,T] and its weight.</param>
    public static Tensor Combine(params IReadOnlyList<(Tensor Rewards, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("there is no reward to combine", nameof(parts));
        using var scope = NewDisposeScope();
        var sum = parts[0].Rewards * parts[0].Weight;
        foreach (var (rewards, weight) in parts.Skip(1))
        {
            if (!rewards.shape.SequenceEqual(sum.shape))
                throw new ArgumentException($"one model's rewards are [{string.Join(',', rewards.shape)}], the first's [{string.Join(',', sum.shape)}]: the same [B,T] is expected of all", nameof(parts));
            sum = sum + rewards * weight;
        }
        return sum.MoveToOuterDisposeScope();
    }
}
