using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>A tensor's bytes in pieces, because a span is limited to 2 GiB.</summary>
internal static class TensorBytes
{
    private const long Piece = 1 << 26; // elements; at most 512 MiB

    internal delegate void Visitor(Span<byte> bytes);

    /// <summary>Visits the elements' bytes in row-major order; the tensor is a contiguous one on the CPU.</summary>
    internal static void Visit(Tensor tensor, Visitor visitor)
    {
        var count = tensor.numel();
        if (count == 0) return;
        using var flat = tensor.reshape(count);
        for (var start = 0L; start < count; start += Piece)
        {
            using var piece = flat.narrow(0, start, Math.Min(Piece, count - start));
            visitor(piece.bytes);
        }
    }
}
