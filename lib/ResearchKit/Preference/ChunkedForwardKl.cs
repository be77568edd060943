using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The forward KL of <see cref="SequentialKl"/>, a slice of positions at a time: nothing of size [B,T,V] is kept for
/// backward but the two models' logits themselves. The gradient is known in closed form,
/// d KL(π_ref ‖ π) / d logits = π − π_ref.
/// </summary>
internal sealed class ChunkedForwardKl : autograd.SingleTensorFunction<ChunkedForwardKl>
{
    public override string Name => nameof(ChunkedForwardKl);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (policy, reference, chunk) = ((Tensor)vars[0], (Tensor)vars[1], (int)vars[2]);
        ctx.save_for_backward([policy, reference]);
        ctx.save_data("chunk", chunk);
        using var scope = NewDisposeScope();
        return cat([.. Slices(policy, chunk).Select(slice => SequentialKl.Whole(slice.Of(policy), slice.Of(reference)))], 1).MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (saved, chunk) = (ctx.get_saved_variables(), (int)ctx.get_data("chunk"));
        var (policy, reference) = (saved[0], saved[1]);
        using var scope = NewDisposeScope();
        var gradient = empty_like(policy);
        foreach (var slice in Slices(policy, chunk))
        {
            using var inner = NewDisposeScope();
            var difference = slice.Of(policy).softmax(-1, SequentialKl.Precision(policy)) - slice.Of(reference).softmax(-1, SequentialKl.Precision(policy));
            slice.Of(gradient).copy_(difference * slice.Of(grad_output).unsqueeze(-1));
        }
        return [gradient.MoveToOuterDisposeScope(), null!, null!];
    }

    private static IEnumerable<Slice> Slices(Tensor logits, int chunk)
    {
        for (var start = 0L; start < logits.shape[1]; start += chunk) yield return new Slice(start, Math.Min(chunk, logits.shape[1] - start));
    }

    private readonly record struct Slice(long Start, long Length)
    {
        internal Tensor Of(Tensor values) => values.narrow(1, Start, Length);
    }
}
