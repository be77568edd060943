using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="DType">The element type on disk.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Offset">The first byte, counted from the start of the data buffer that follows the header.</param>
/// <param name="Length">Bytes: elements times element size.</param>
public sealed record TensorEntry(ScalarType DType, IReadOnlyList<long> Shape, long Offset, long Length);
