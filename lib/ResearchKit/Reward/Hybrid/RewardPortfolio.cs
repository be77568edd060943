using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>One reward of several.</summary>
/// <param name="Name">What it rewards.</param>
/// <param name="Values">[P,G]: G answers to each of P prompts.</param>
/// <param name="Weight">Its weight in the sum.</param>
public sealed record RewardComponent(string Name, Tensor Values, double Weight = 1);

/// <summary>What a component contributes.</summary>
/// <param name="Name">The component's name.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Mean">The mean of its values, before the weight.</param>
/// <param name="WithinGroupDeviation">
/// The weighted values' standard deviation over a prompt's answers (divided by G), mean over prompts: its effective
/// weight in an advantage that subtracts the group's mean; a component that is constant within groups has none.
/// </param>
public sealed record ComponentStatistics(string Name, double Weight, double Mean, double WithinGroupDeviation);

/// <summary>
/// A weighted sum of rewards for several aspects (HARMO, arXiv 2510.05283, equation 3, has weights of 1), with what
/// each of them brings.
/// </summary>
/// <param name="Total">Σ weight · values [P,G].</param>
/// <param name="Components">One row per component, in order.</param>
public sealed record RewardPortfolio(Tensor Total, IReadOnlyList<ComponentStatistics> Components)
{
    /// <summary>Adds the components up.</summary>
    /// <exception cref="ArgumentException">No component, other shapes, a name twice, or a weight or value that is not finite: it is named.</exception>
    public static RewardPortfolio Of(params IReadOnlyList<RewardComponent> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        if (components.Count == 0) throw new ArgumentException("at least one component is expected", nameof(components));
        var shape = components[0].Values.shape;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var total = zeros(shape, ScalarType.Float64, components[0].Values.device);
        var statistics = new List<ComponentStatistics>();
        foreach (var (name, values, weight) in components)
        {
            if (values.dim() != 2 || !values.shape.SequenceEqual(shape))
                throw new ArgumentException($"component '{name}' is [{string.Join(',', values.shape)}], the first [{string.Join(',', shape)}]; [P,G] of all is expected", nameof(components));
            if (statistics.Exists(known => known.Name == name)) throw new ArgumentException($"two components are called '{name}'", nameof(components));
            var wide = values.to(ScalarType.Float64);
            if (!double.IsFinite(weight) || !wide.isfinite().all().item<bool>())
                throw new ArgumentException(FormattableString.Invariant($"component '{name}' has weight {weight} or a value that is not finite"), nameof(components));
            total = total + weight * wide;
            statistics.Add(new ComponentStatistics(name, weight, wide.mean().item<double>(), (weight * wide).std(1, unbiased: false).mean().item<double>()));
        }
        return new RewardPortfolio(total.MoveToOuterDisposeScope(), statistics);
    }
}
