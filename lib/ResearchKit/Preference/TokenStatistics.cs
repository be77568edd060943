using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>The means that trainers log about tokens; nothing here is differentiable by use.</summary>
internal static class TokenStatistics
{
    // H = −Σ_v p log p, of rows [N,V].
    internal static Tensor Entropy(Tensor logits)
    {
        var logP = nn.functional.log_softmax(logits, -1);
        return -(logP.exp() * logP).sum(-1);
    }

    internal static Tensor Wide(Tensor logits) => logits.dtype is ScalarType.Float64 ? logits : logits.to_type(ScalarType.Float32);

    internal static double MeanOrZero(Tensor values) => values.numel() == 0 ? 0 : values.to_type(ScalarType.Float64).mean().item<double>();

    // rewards/* of pairs; a tie counts as wrong.
    internal static void AddRewards(Dictionary<string, double> metrics, PreferenceLoss pairs)
    {
        metrics["rewards/chosen"] = MeanOrZero(pairs.ChosenRewards);
        metrics["rewards/rejected"] = MeanOrZero(pairs.RejectedRewards);
        metrics["rewards/margins"] = MeanOrZero(pairs.ChosenRewards - pairs.RejectedRewards);
        metrics["rewards/accuracies"] = MeanOrZero(pairs.ChosenRewards.gt(pairs.RejectedRewards));
    }
}
