using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>The names of the series that <see cref="PreferenceDiagnosis"/> reads: TRL's where TRL has one.</summary>
public static class DiagnosisSeries
{
    /// <summary>Mean reward of the chosen answers.</summary>
    public const string ChosenRewards = "rewards/chosen";

    /// <summary>Mean reward of the rejected answers.</summary>
    public const string RejectedRewards = "rewards/rejected";

    /// <summary>Mean reward margin.</summary>
    public const string Margins = "rewards/margins";

    /// <summary>Share of pairs with the chosen answer's reward above the rejected one's.</summary>
    public const string Accuracies = "rewards/accuracies";

    /// <summary>KL(policy ‖ reference) of the policy's own samples in nats, mean per sample (<see cref="SampleDrift"/>).</summary>
    public const string Kl = "kl";

    /// <summary>Correlation over the batch's pairs of reward margin and length difference (<see cref="LengthCorrelationOf"/>).</summary>
    public const string LengthCorrelation = "rewards/length_correlation";

    /// <summary>Pearson's correlation of the margins r_w − r_l with |y_w| − |y_l|; NaN where either does not vary.</summary>
    /// <param name="pairs">A batch's rewards, at least two pairs.</param>
    /// <param name="chosenLengths">Answer tokens of each chosen answer [B].</param>
    /// <param name="rejectedLengths">The same of each rejected answer [B].</param>
    public static double LengthCorrelationOf(PreferenceLoss pairs, Tensor chosenLengths, Tensor rejectedLengths)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(chosenLengths);
        ArgumentNullException.ThrowIfNull(rejectedLengths);
        using var scope = NewDisposeScope();
        var margins = (pairs.ChosenRewards - pairs.RejectedRewards).to_type(ScalarType.Float64);
        var lengths = (chosenLengths - rejectedLengths).to_type(ScalarType.Float64);
        var (m, n) = (margins - margins.mean(), lengths - lengths.mean());
        return ((m * n).sum() / (m.square().sum() * n.square().sum()).sqrt()).item<double>();
    }
}
