using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>The argument rules that the policy-gradient routines share.</summary>
internal static class PolicyChecks
{
    internal static void SameShape(params ReadOnlySpan<(Tensor Tensor, string Name)> tensors)
    {
        foreach (var (tensor, name) in tensors) ArgumentNullException.ThrowIfNull(tensor, name);
        var (first, firstName) = tensors[0];
        foreach (var (tensor, name) in tensors)
        {
            if (tensor.shape.SequenceEqual(first.shape)) continue;
            throw new ArgumentException($"{name} has shape {Shape(tensor)}, {firstName} has {Shape(first)}: one value per token is expected in each", name);
        }
    }

    internal static void Matrix(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.dim() != 2) throw new ArgumentException($"{name} has shape {Shape(tensor)}, [B,T] is expected", name);
    }

    internal static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "a finite number, not below 0, is expected");
    }

    internal static void UnitInterval(double value, string name)
    {
        if (value is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "a number in [0, 1] is expected");
    }

    /// <summary>Rewards [N] of whole groups as [N/G,G].</summary>
    internal static Tensor Groups(Tensor rewards, int groupSize)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 2);
        if (rewards.dim() != 1 || rewards.shape[0] % groupSize != 0)
            throw new ArgumentException($"rewards have shape {Shape(rewards)}; [N] with N a multiple of the group size {groupSize} is expected", nameof(rewards));
        return rewards.view(-1, groupSize);
    }

    internal static string Shape(Tensor tensor) => $"[{string.Join(',', tensor.shape)}]";
}
