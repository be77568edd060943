using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Logits, log-probabilities, entropy and forward KL of N positions, some rows at a time, with the gradients in closed form.
/// With p = softmax z: d log p_y / dz = e_y − p, dH/dz = −p (log p + H), d KL(q ‖ p) / dz = p − q. Kept for backward are the
/// inputs and two numbers per position; the logits of a slice are computed again, but for a small vocabulary, whose logits
/// take less memory than one slice would.
/// </summary>
internal sealed class VocabularyPass : autograd.SingleTensorFunction<VocabularyPass>
{
    /// <summary>Logits held at a time: 16 MB of float32.</summary>
    internal const long SliceSize = 1 << 22;

    public override string Name => nameof(VocabularyPass);

    /// <summary>The rows of the result: log-probabilities, then the entropy if asked for, then the KL if there is a reference.</summary>
    internal static Tensor Of(Tensor hidden, Tensor weight, Tensor targets, bool entropy, ReferenceStates? reference, int rows) =>
        reference is null
            ? apply(hidden, weight, targets, entropy, rows)
            : apply(hidden, weight, targets, entropy, rows, reference.Hidden.detach(), reference.Weight.detach());

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, weight, targets, entropy, rows) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (bool)vars[3], (int)vars[4]);
        var reference = vars.Length > 5 ? new ReferenceStates((Tensor)vars[5], (Tensor)vars[6]) : null;
        using var scope = NewDisposeScope();
        var count = hidden.shape[0];
        var scores = empty([1 + (entropy ? 1 : 0) + (reference is null ? 0 : 1), count], Wide(hidden), hidden.device);
        var normalizers = empty([count], Wide(hidden), hidden.device);
        var keep = rows >= count && reference is null && count * weight.shape[0] <= SliceSize;
        Tensor? kept = null;
        foreach (var slice in Slices(count, rows))
        {
            using var inner = NewDisposeScope();
            var z = slice.Logits(hidden, weight);                                             // [n,V]
            var normalizer = z.logsumexp(-1);                                                 // [n]
            slice.Of(normalizers).copy_(normalizer);
            slice.Of(scores[0]).copy_(z.gather(-1, slice.Of(targets).unsqueeze(-1)).squeeze(-1).sub_(normalizer));
            if (entropy) slice.Of(scores[1]).copy_(normalizer - (z - normalizer.unsqueeze(-1)).exp_().mul_(z).sum(-1));
            if (reference is not null)
            {
                // Σ q (z_ref − z) + lse z − lse z_ref
                var other = slice.Logits(reference.Hidden, reference.Weight);
                var otherNormalizer = other.logsumexp(-1);
                var q = (other - otherNormalizer.unsqueeze(-1)).exp_();
                slice.Of(scores[scores.shape[0] - 1]).copy_(q.mul_(other.sub_(z)).sum(-1).add_(normalizer).sub_(otherNormalizer));
            }
            if (keep) kept = z.MoveToOuterDisposeScope();
        }
        // TorchSharp takes hold of what is saved only after this method: it has to outlive the scope.
        List<Tensor> saved = [hidden, weight, targets, normalizers.MoveToOuterDisposeScope()];
        if (entropy) saved.Add(scores[1].clone().MoveToOuterDisposeScope());
        if (reference is not null) saved.AddRange([reference.Hidden, reference.Weight]);
        if (kept is not null) saved.Add(kept.MoveToOuterDisposeScope());
        ctx.save_for_backward(saved);
        ctx.save_data("rows", rows);
        ctx.save_data("entropy", entropy);
        ctx.save_data("reference", reference is not null);
        ctx.save_data("kept", kept is not null);
        return scores.MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (saved, rows) = (ctx.get_saved_variables(), (int)ctx.get_data("rows"));
        var (withEntropy, withReference, withLogits) = ((bool)ctx.get_data("entropy"), (bool)ctx.get_data("reference"), (bool)ctx.get_data("kept"));
        var (hidden, weight, targets, normalizers) = (saved[0], saved[1], saved[2], saved[3]);
        var entropies = withEntropy ? saved[4] : null;
        var reference = withReference ? new ReferenceStates(saved[withEntropy ? 5 : 4], saved[withEntropy ? 6 : 5]) : null;
        var kept = withLogits ? saved[^1] : null;

        using var scope = NewDisposeScope();
        var hiddenGradient = hidden.requires_grad ? empty_like(hidden) : null;
        var weightGradient = weight.requires_grad ? zeros_like(weight) : null;
        foreach (var slice in Slices(hidden.shape[0], rows))
        {
            using var inner = NewDisposeScope();
            var ofToken = slice.Of(grad_output[0]);                                           // [n]
            var ofKl = reference is null ? null : slice.Of(grad_output[grad_output.shape[0] - 1]);
            var logP = (kept ?? slice.Logits(hidden, weight)).sub(slice.Of(normalizers).unsqueeze(-1));
            var p = logP.exp();
            var onP = (ofKl is null ? ofToken.neg() : ofKl - ofToken).unsqueeze(-1);
            if (entropies is not null) onP = logP.add_(slice.Of(entropies).unsqueeze(-1)).mul_(slice.Of(grad_output[1]).neg().unsqueeze(-1)).add_(onP);
            var gradient = p.mul_(onP);                                                       // of the logits [n,V]
            if (reference is not null) gradient.addcmul_(slice.Logits(reference.Hidden, reference.Weight).softmax(-1), ofKl!.unsqueeze(-1), -1);
            gradient.scatter_add_(-1, slice.Of(targets).unsqueeze(-1), ofToken.unsqueeze(-1));
            if (gradient.dtype != hidden.dtype) gradient = gradient.to_type(hidden.dtype);
            if (hiddenGradient is not null) slice.Of(hiddenGradient).copy_(gradient.mm(weight));
            weightGradient?.addmm_(gradient.t(), slice.Of(hidden), 1, 1);
        }
        List<Tensor> gradients = [hiddenGradient?.MoveToOuterDisposeScope()!, weightGradient?.MoveToOuterDisposeScope()!, null!, null!, null!];
        if (withReference) gradients.AddRange([null!, null!]);
        return gradients;
    }

    private static ScalarType Wide(Tensor values) => values.dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private static IEnumerable<VocabularySlice> Slices(long count, int rows)
    {
        for (var start = 0L; start < count; start += rows) yield return new VocabularySlice(start, Math.Min(rows, count - start));
    }

    private readonly record struct VocabularySlice(long Start, long Length)
    {
        internal Tensor Of(Tensor values) => values.narrow(0, Start, Length);

        internal Tensor Logits(Tensor hidden, Tensor weight)
        {
            var logits = Of(hidden).mm(weight.t());
            return logits.dtype == Wide(hidden) ? logits : logits.to_type(Wide(hidden));
        }
    }
}
