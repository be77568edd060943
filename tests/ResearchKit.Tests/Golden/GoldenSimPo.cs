using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>princeton-nlp/SimPO: simpo_loss and the full path from logits.</summary>
internal sealed class GoldenSimPo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        if (item.Routine == "simpo_loss") return GoldenDpoReference.Outcome(Loss(item, item.Input("policy_chosen_logps"), item.Input("policy_rejected_logps")));
        var logProbs = GoldenReferenceFree.SequenceLogProbs(item, average: true);
        var pairs = Loss(item, logProbs.Chosen, logProbs.Rejected);
        var weight = item.Number("sft_weight");
        var outputs = GoldenReferenceFree.Metrics(item, logProbs, pairs, chosenCut: weight > 0 ? 1 : 0, rejectedCut: 0);
        var loss = pairs.Losses.mean();
        if (weight > 0)
        {
            var nll = GoldenReferenceFree.ChosenNll(item, promptToo: false);
            (outputs["sft_loss"], loss) = (nll, WeightedSum.Of((pairs.Losses, 1), (nll, weight)));
        }
        outputs["loss"] = loss;
        return new(outputs, loss);
    }

    private static PreferenceLoss Loss(GoldenCase item, Tensor chosen, Tensor rejected)
    {
        var (beta, gammaOverBeta) = (item.Number("beta"), item.Number("gamma_beta_ratio"));
        if (item.Text("loss_type") == "sigmoid") return SimPoLoss.Compute(chosen, rejected, beta, gammaOverBeta, item.Number("label_smoothing"));
        // The hinge of a margin that is shifted by γ/β; rewards are logged without the shift.
        var hinge = HingeLoss.Compute(chosen - gammaOverBeta, rejected, beta);
        return hinge with { ChosenRewards = beta * chosen.detach() };
    }
}
