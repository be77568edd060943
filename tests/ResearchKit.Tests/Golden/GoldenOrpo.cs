using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: odds_ratio_loss and the full path from logits, in float32.</summary>
internal sealed class GoldenOrpo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var lambda = item.Number("beta");
        if (item.Routine == "odds_ratio_loss")
        {
            var (chosen, rejected) = (item.Input("policy_chosen_logps"), item.Input("policy_rejected_logps"));
            var term = OrpoLoss.Compute(chosen, rejected, lambda);
            return new(
                new Dictionary<string, Tensor>
                {
                    // TRL's sign is the opposite one.
                    ["losses"] = -term.Losses,
                    ["chosen_rewards"] = term.ChosenRewards,
                    ["rejected_rewards"] = term.RejectedRewards,
                    ["mean_log_odds_ratio"] = -term.Losses.mean() / lambda,
                    ["mean_log_odds"] = OrpoLoss.LogOddsRatio(chosen, rejected).mean(),
                },
                term.Losses.mean());
        }
        var logProbs = GoldenReferenceFree.SequenceLogProbs(item, average: true);
        var pairs = OrpoLoss.Compute(logProbs.Chosen, logProbs.Rejected, lambda);
        var nll = GoldenReferenceFree.ChosenNll(item, promptToo: true);
        var loss = WeightedSum.Of((pairs.Losses, 1), (nll, 1));
        var outputs = GoldenReferenceFree.Metrics(item, logProbs, pairs, chosenCut: 1, rejectedCut: 1);
        (outputs["loss"], outputs["nll_loss"]) = (loss, nll);
        outputs["log_odds_ratio"] = -pairs.Losses.mean() / lambda;
        outputs["log_odds_chosen"] = OrpoLoss.LogOddsRatio(logProbs.Chosen, logProbs.Rejected).mean();
        return new(outputs, loss);
    }
}
