using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>ContextualAI/HALOs: the offline losses from per-token log-probabilities, with and without humanline.</summary>
internal sealed class GoldenHalos : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine switch
    {
        "BradleyTerryTrainer.loss" => "the Bradley-Terry loss belongs to the reward models, not implemented yet",
        _ => null,
    };

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "GRPOTrainer.loss" => GoldenHalosPolicy.Grpo(item),
        "PPOTrainer.compute_advantages+loss" => GoldenHalosPolicy.Ppo(item),
        _ => Offline(item),
    };

    private static GoldenOutcome Offline(GoldenCase item)
    {
        var (w, chosenShare) = Tokens(item, "chosen");
        var (l, rejectedShare) = Tokens(item, "rejected");
        var outcome = item.Routine switch
        {
            "DPOTrainer.loss" => Dpo(item, w, l, 0),
            "CDPOTrainer.loss" => Dpo(item, w, l, item.Number("epsilon")),
            "IPOTrainer.loss" => Unscaled(item.Number("tau"), IpoLoss.Compute(Mean(w), Mean(l), zeros_like(Mean(w)), zeros_like(Mean(l)), item.Number("tau"))),
            "SimPOTrainer.loss" => Unscaled(item.Number("beta"), SimPoLoss.Compute(Mean(w), Mean(l), item.Number("beta"), item.Number("gamma_beta_ratio"))),
            _ => Kto(item, w, l),
        };
        return outcome with
        {
            Outputs = new Dictionary<string, Tensor>(outcome.Outputs) { ["chosen_unclamped"] = chosenShare, ["rejected_unclamped"] = rejectedShare },
        };
    }

    private static GoldenOutcome Dpo(GoldenCase item, Tensor w, Tensor l, double smoothing)
    {
        var (chosen, rejected) = (w.sum(-1), l.sum(-1));
        return GoldenDpoReference.Outcome(DpoLoss.Compute(chosen, rejected, zeros_like(chosen), zeros_like(rejected), item.Number("beta"), smoothing));
    }

    private static GoldenOutcome Kto(GoldenCase item, Tensor w, Tensor l)
    {
        var baseline = KtoLoss.Baseline(Tokens(item, "KL").LogRatio.sum(-1), skipZeros: true);
        var answers = KtoLoss.Compute(
            w.sum(-1), l.sum(-1), item.Number("beta"), baseline, item.Number("desirable_weight"), item.Number("undesirable_weight"));
        var outcome = Unscaled(item.Number("beta"), answers);
        return outcome with { Outputs = new Dictionary<string, Tensor>(outcome.Outputs) { ["KL"] = baseline } };
    }

    // HALOs logs these losses' rewards without β or τ.
    private static GoldenOutcome Unscaled(double beta, PreferenceLoss loss) => GoldenDpoReference.Outcome(
        loss with { ChosenRewards = loss.ChosenRewards / beta, RejectedRewards = loss.RejectedRewards / beta });

    // HALOs counts the tokens whose log-ratio is not zero.
    private static Tensor Mean(Tensor perToken) => perToken.sum(-1) / perToken.ne(0).sum(-1);

    private static (Tensor LogRatio, double Unclamped) Tokens(GoldenCase item, string side)
    {
        var policy = item.Input($"policy_{side}_token_logps");
        var ratio = item.Routine == "SimPOTrainer.loss" ? policy : policy - item.Input($"reference_{side}_token_logps");
        if (!item.Flag("humanline")) return (ratio, 1);
        var (low, high) = (item.Number("log_epsilon_P"), item.Number("log_epsilon_R"));
        return (Humanline.Clamp(ratio, low, high), Humanline.UnclampedShare(ratio, low, high));
    }
}
