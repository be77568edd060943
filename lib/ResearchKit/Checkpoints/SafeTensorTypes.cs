using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>The safetensors element types that torch tensors here can hold, in the format's own order of rising alignment.</summary>
internal static class SafeTensorTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("BOOL", ScalarType.Bool, 1),
        ("U8", ScalarType.Byte, 1),
        ("I8", ScalarType.Int8, 1),
        ("I16", ScalarType.Int16, 2),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I32", ScalarType.Int32, 4),
        ("F32", ScalarType.Float32, 4),
        ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8),
    ];

    internal static string Names { get; } = string.Join(", ", All.Select(item => item.Name));

    internal static bool TryParse(string name, out ScalarType type, out int size)
    {
        foreach (var item in All)
        {
            if (item.Name != name) continue;
            (type, size) = (item.Type, item.Size);
            return true;
        }
        (type, size) = (default, 0);
        return false;
    }

    /// <summary>The format's name of a type, or null where it has none here (complex, quantised).</summary>
    internal static string? Name(ScalarType type) => Rank(type) is var rank and >= 0 ? All[rank].Name : null;

    /// <summary>Bytes of one element.</summary>
    internal static int Size(ScalarType type) => All[Rank(type)].Size;

    /// <summary>The place in the format's order, by which Hugging Face's writer sorts; -1 for other types.</summary>
    internal static int Rank(ScalarType type) => Array.FindIndex(All, item => item.Type == type);
}
