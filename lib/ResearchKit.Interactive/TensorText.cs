using System.Globalization;
using static TorchSharp.torch;

namespace ResearchKit.Interactive;

/// <summary>A tensor in words: shape, type, device, and its values, cut in the middle of long dimensions.</summary>
internal static class TensorText
{
    private const int Edge = 3;

    internal static string Of(Tensor tensor)
    {
        if (tensor.IsInvalid) return "Tensor (disposed)";
        var head = $"Tensor [{string.Join(", ", tensor.shape)}] {tensor.dtype} on {tensor.device}";
        if (tensor.numel() == 0) return head;
        using var scope = NewDisposeScope();
        return $"{head}\n{Values(tensor.detach().cpu(), depth: 0)}";
    }

    private static string Values(Tensor tensor, int depth)
    {
        if (tensor.dim() == 0) return Number(tensor);
        var count = tensor.shape[0];
        var cut = count > 2 * Edge + 1;
        var parts = new List<string>();
        for (long i = 0; i < count; i++)
        {
            if (cut && i == Edge)
            {
                parts.Add("...");
                i = count - Edge;
            }
            parts.Add(Values(tensor[i], depth + 1));
        }
        var separator = tensor.dim() == 1 ? ", " : ",\n" + new string(' ', depth + 1);
        return $"[{string.Join(separator, parts)}]";
    }

    private static string Number(Tensor value) => value.dtype switch
    {
        ScalarType.Bool => value.item<bool>() ? "true" : "false",
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 =>
            value.to_type(ScalarType.Float64).item<double>().ToString("G5", CultureInfo.InvariantCulture),
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => "complex",
        _ => value.to_type(ScalarType.Int64).item<long>().ToString(CultureInfo.InvariantCulture),
    };
}
