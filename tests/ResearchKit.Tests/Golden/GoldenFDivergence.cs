using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>alecwangcq/f-divergence-dpo: the four losses and the softplus under the Jensen-Shannon one.</summary>
internal sealed class GoldenFDivergence : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        if (item.Routine == "stabilized_log1pexp")
        {
            var softplus = Math.Log(2) - FDivergence.Score(-item.Input("x"), DivergenceKind.JensenShannon);
            return new(new Dictionary<string, Tensor> { ["y"] = softplus }, softplus.sum());
        }
        var kind = item.Routine switch
        {
            "dpo_loss" => DivergenceKind.ReverseKl,
            "forward_dpo_loss" => DivergenceKind.ForwardKl,
            "js_dpo_loss" => DivergenceKind.JensenShannon,
            _ => DivergenceKind.Alpha,
        };
        // The authors' α is one minus ours.
        var alpha = item.Has("alpha") ? 1 - item.Number("alpha") : 0.5;
        var beta = item.Number("beta");
        var loss = FDivergenceDpoLoss.Compute(
            item.Input("policy_chosen_logps") - item.Input("reference_chosen_logps"),
            item.Input("policy_rejected_logps") - item.Input("reference_rejected_logps"),
            beta, kind, alpha, scoresAsRewards: true);
        // The authors cut ln 2 to ten digits, which their logged rewards keep.
        var rounding = kind is DivergenceKind.JensenShannon ? beta * (0.6931471806 - Math.Log(2)) : 0;
        return GoldenDpoReference.Outcome(loss with { ChosenRewards = loss.ChosenRewards + rounding, RejectedRewards = loss.RejectedRewards + rounding });
    }
}
