using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>eric-mitchell/direct-preference-optimization: preference_loss, _get_batch_logps, concatenated_inputs.</summary>
internal sealed class GoldenDpoReference : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine switch
    {
        "preference_loss" or "_get_batch_logps" or "_get_batch_logps+preference_loss" or "concatenated_inputs" => null,
        var other => $"routine '{other}' has no implementation yet",
    };

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "preference_loss" => FromLogProbs(item),
        "_get_batch_logps" => BatchLogProbs(item),
        "concatenated_inputs" => Concatenated(item),
        _ => EndToEnd(item),
    };

    internal static GoldenOutcome Outcome(PreferenceLoss loss) => new(
        new Dictionary<string, Tensor>
        {
            ["losses"] = loss.Losses,
            ["loss_mean"] = loss.Losses.mean(),
            ["chosen_rewards"] = loss.ChosenRewards,
            ["rejected_rewards"] = loss.RejectedRewards,
        },
        loss.Losses.mean());

    private static GoldenOutcome FromLogProbs(GoldenCase item)
    {
        var (chosen, rejected) = (item.Input("policy_chosen_logps"), item.Input("policy_rejected_logps"));
        var (referenceChosen, referenceRejected) = (item.Input("reference_chosen_logps"), item.Input("reference_rejected_logps"));
        var beta = item.Number("beta");
        return Outcome(item.Flag("ipo")
            ? IpoLoss.Compute(chosen, rejected, referenceChosen, referenceRejected, beta)
            : DpoLoss.Compute(chosen, rejected, referenceChosen, referenceRejected, beta, item.Number("label_smoothing"), item.Flag("reference_free")));
    }

    private static GoldenOutcome BatchLogProbs(GoldenCase item)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var logProbs = labels.Reduce(LogProbs.PerToken(item.Input("logits"), labels.Ids), item.Flag("average_log_prob"));
        var weights = arange(1, logProbs.shape[0] + 1, dtype: ScalarType.Float64);
        return new(new Dictionary<string, Tensor> { ["logps"] = logProbs }, (weights * logProbs).sum());
    }

    private static GoldenOutcome EndToEnd(GoldenCase item)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var policy = labels.Reduce(LogProbs.PerToken(item.Input("logits"), labels.Ids), average: false).chunk(2);
        var reference = labels.Reduce(LogProbs.PerToken(item.Input("reference_logits"), labels.Ids), average: false).chunk(2);
        return Outcome(DpoLoss.Compute(policy[0], policy[1], reference[0], reference[1], item.Number("beta"), item.Number("label_smoothing")));
    }

    private static GoldenOutcome Concatenated(GoldenCase item) => new(new Dictionary<string, Tensor>
    {
        ["concatenated_input_ids"] = ConcatenatedInputs.Stack(item.Input("chosen_input_ids"), item.Input("rejected_input_ids"), 0),
        ["concatenated_labels"] = ConcatenatedInputs.Stack(item.Input("chosen_labels"), item.Input("rejected_labels"), -100),
        ["concatenated_attention_mask"] = ConcatenatedInputs.Stack(item.Input("chosen_attention_mask"), item.Input("rejected_attention_mask"), 0),
    });
}
