using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// Pairs of answers as frozen vectors, with what is known of each pair: how likely the first is the better one, and how
/// much the pair counts.
/// </summary>
public sealed class VectorPairs
{
    /// <summary>N pairs.</summary>
    /// <param name="chosen">Vectors of the chosen (or, under soft labels, the first) answers [N,D].</param>
    /// <param name="rejected">Vectors of the others [N,D].</param>
    /// <param name="label">Probability in [0, 1] that the chosen answer is the better one [N]; ½ says that the two are equally good (a tie). Null for 1.</param>
    /// <param name="weight">How much each pair's loss counts, not negative [N]. Null for 1.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit, no pair, or a label or weight out of range; the message names the pair.</exception>
    public VectorPairs(Tensor chosen, Tensor rejected, IReadOnlyList<double>? label = null, IReadOnlyList<double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.dim() != 2 || chosen.numel() == 0 || !chosen.shape.SequenceEqual(rejected.shape))
        {
            throw new ArgumentException(
                $"chosen is [{string.Join(',', chosen.shape)}], rejected [{string.Join(',', rejected.shape)}]; expected [N,D] of both, one vector each per pair and at least one pair", nameof(rejected));
        }
        (Chosen, Rejected) = (chosen, rejected);
        Label = Numbers(label, value => value is >= 0 and <= 1, "a probability in [0, 1]", nameof(label));
        Weight = Numbers(weight, value => value >= 0 && double.IsFinite(value), "a finite number, not below 0", nameof(weight));
    }

    /// <summary>[N,D].</summary>
    public Tensor Chosen { get; }

    /// <summary>[N,D].</summary>
    public Tensor Rejected { get; }

    /// <summary>Probability that the chosen answer is the better one, per pair.</summary>
    public IReadOnlyList<double> Label { get; }

    /// <summary>Weight of the loss, per pair.</summary>
    public IReadOnlyList<double> Weight { get; }

    /// <summary>N.</summary>
    public int Count => (int)Chosen.shape[0];

    /// <summary>The pairs with these numbers, in this order: a fold, a subset, a bootstrap resample.</summary>
    public VectorPairs Rows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var index = tensor(rows.Select(row => (long)row).ToArray(), device: Chosen.device);
        return new VectorPairs(
            Chosen.index_select(0, index), Rejected.index_select(0, index),
            [.. rows.Select(row => Label[row])], [.. rows.Select(row => Weight[row])]);
    }

    /// <summary>These pairs followed by others, such as tie pairs after labelled ones.</summary>
    public VectorPairs Concat(VectorPairs others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new VectorPairs(
            cat([Chosen, others.Chosen]), cat([Rejected, others.Rejected]), [.. Label, .. others.Label], [.. Weight, .. others.Weight]);
    }

    /// <summary>Pairs of texts, encoded by <see cref="AnswerVectors.Of"/>.</summary>
    public static VectorPairs Of(
        ITextEncoder encoder, IReadOnlyList<string> prompts, IReadOnlyList<string> chosen, IReadOnlyList<string> rejected,
        IReadOnlyList<double>? label = null, IReadOnlyList<double>? weight = null) =>
        new(AnswerVectors.Of(encoder, prompts, chosen), AnswerVectors.Of(encoder, prompts, rejected), label, weight);

    private double[] Numbers(IReadOnlyList<double>? values, Func<double, bool> allowed, string expected, string name)
    {
        if (values is null) return [.. Enumerable.Repeat(1.0, Count)];
        if (values.Count != Count) throw new ArgumentException($"{values.Count} values for {Count} pairs; one each is expected", name);
        double[] copy = [.. values];
        var bad = Array.FindIndex(copy, value => !allowed(value));
        if (bad >= 0) throw new ArgumentException(FormattableString.Invariant($"pair {bad} has {copy[bad]}; {expected} is expected"), name);
        return copy;
    }
}
