using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>The argument rules that all pairwise losses share.</summary>
internal static class PairChecks
{
    internal static void SameShape(params ReadOnlySpan<(Tensor Tensor, string Name)> tensors)
    {
        foreach (var (tensor, name) in tensors) ArgumentNullException.ThrowIfNull(tensor, name);
        var (first, firstName) = tensors[0];
        foreach (var (tensor, name) in tensors)
        {
            // A broadcast [B] against [B,1] would silently compare every pair with every other.
            if (!tensor.shape.SequenceEqual(first.shape))
            {
                throw new ArgumentException(
                    $"{name} has shape [{string.Join(',', tensor.shape)}], {firstName} has [{string.Join(',', first.shape)}]: one value per pair is expected in each", name);
            }
        }
    }

    internal static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive and finite");
    }

    internal static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and not negative");
    }

    internal static void FlipRate(double value, string name)
    {
        if (value is not (>= 0 and < 0.5)) throw new ArgumentOutOfRangeException(name, value, $"{name} lies in [0, 0.5)");
    }
}
