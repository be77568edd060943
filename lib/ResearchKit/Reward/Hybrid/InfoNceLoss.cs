using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// The contrastive loss of text encoders (van den Oord et al. 2018, arXiv 1807.03748, equation 4, with cosines as in
/// SimCSE, arXiv 2104.08821, equation 1): row i of one side belongs to row i of the other, all other rows are negatives.
/// </summary>
public static class InfoNceLoss
{
    /// <summary>Loss of N pairs: −log softmax_j(cos(a_i, b_j)/T) at j = i.</summary>
    /// <param name="anchors">Vectors [N,D].</param>
    /// <param name="positives">Vectors [N,D], in the same order.</param>
    /// <param name="temperature">T, above 0.</param>
    /// <returns>Losses [N] in nats, not reduced; differentiable in both. A zero vector has cosine 0 with all.</returns>
    public static Tensor Compute(Tensor anchors, Tensor positives, double temperature)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(positives);
        if (!(temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "a number above 0 is expected");
        if (anchors.dim() != 2 || !anchors.shape.SequenceEqual(positives.shape))
            throw new ArgumentException($"anchors [{string.Join(',', anchors.shape)}], positives [{string.Join(',', positives.shape)}]; [N,D] of both is expected", nameof(positives));
        using var scope = NewDisposeScope();
        Tensor Unit(Tensor x) => x / x.square().sum(1, keepdim: true).clamp_min(1e-24).sqrt();
        var logits = Unit(anchors).matmul(Unit(positives).transpose(0, 1)) / temperature;      // [N,N]
        return (logits.logsumexp(1) - logits.diagonal()).MoveToOuterDisposeScope();
    }
}
