using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// Pairwise logistic regression with soft labels: the cross-entropy between a label and the probability σ(Δ) that the first of two
/// is better. Label 1 is the Bradley-Terry loss, ½ a tie. It stands here because preference losses and causal augmentation share it.
/// </summary>
public static class SoftLabelLoss
{
    /// <summary>ℓ(Δ, y) = −y log σ(Δ) − (1−y) log σ(−Δ), stable for any margin.</summary>
    /// <param name="margin">Δ, score of the first minus score of the second [B].</param>
    /// <param name="label">y in [0, 1] [B]: the probability that the first is better; no gradient flows into it.</param>
    /// <returns>Losses [B] in nats, not reduced. At a tie the least loss is log 2, and the slope σ(Δ) − ½ is bounded.</returns>
    /// <exception cref="ArgumentException">The shapes differ: a broadcast would compare every pair with every other.</exception>
    public static Tensor Compute(Tensor margin, Tensor label)
    {
        ArgumentNullException.ThrowIfNull(margin);
        ArgumentNullException.ThrowIfNull(label);
        if (!margin.shape.SequenceEqual(label.shape))
            throw new ArgumentException($"label has shape [{string.Join(',', label.shape)}], margin has [{string.Join(',', margin.shape)}]: one label per margin is expected", nameof(label));

        using var scope = NewDisposeScope();
        var y = label.detach().to_type(margin.dtype); // [B]
        return (-y * nn.functional.logsigmoid(margin) - (1 - y) * nn.functional.logsigmoid(-margin)).MoveToOuterDisposeScope();
    }
}
