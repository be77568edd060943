using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: cpo_loss with its four loss types, AlphaPO's rewards, and the full path from logits.</summary>
internal sealed class GoldenCpo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        if (item.Routine == "cpo_loss") return GoldenDpoReference.Outcome(Loss(item, item.Input("policy_chosen_logps"), item.Input("policy_rejected_logps")));
        var logProbs = GoldenReferenceFree.SequenceLogProbs(item, average: item.Text("loss_type") is "ipo" or "simpo");
        var pairs = Loss(item, logProbs.Chosen, logProbs.Rejected);
        var weight = item.Number("cpo_alpha");
        var nll = weight == 0 ? tensor(0.0) : GoldenReferenceFree.ChosenNll(item, promptToo: false);
        var loss = WeightedSum.Of((pairs.Losses, 1), (nll, weight));
        var outputs = GoldenReferenceFree.Metrics(item, logProbs, pairs, chosenCut: 0, rejectedCut: 0);
        (outputs["loss"], outputs["nll_loss"]) = (loss, nll);
        return new(outputs, loss);
    }

    private static PreferenceLoss Loss(GoldenCase item, Tensor chosen, Tensor rejected)
    {
        var (beta, alpha, smoothing) = (item.Number("beta"), item.Number("alpha"), item.Number("label_smoothing"));
        var (w, l) = (AlphaPoLoss.Reward(chosen, alpha), AlphaPoLoss.Reward(rejected, alpha));
        return item.Text("loss_type") switch
        {
            "simpo" => AlphaPoLoss.Compute(chosen, rejected, beta, item.Number("simpo_gamma") / beta, alpha, smoothing),
            "sigmoid" => CpoLoss.Compute(w, l, beta, smoothing),
            "hinge" => HingeLoss.Compute(w, l, beta),
            "ipo" => IpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), beta),
            var other => throw new InvalidDataException($"loss type '{other}' is not TRL's"),
        };
    }
}
