using System.Text.Json;
using ResearchKit.Calibration;
using ResearchKit.Generation;
using ResearchKit.Policy;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>SeanLeng1/Reward-Calibration: PPO-M's losses, K-wise losses, PPO-C's rewards from texts, and the PPO around them.</summary>
internal sealed class GoldenRewardCalibration : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "crm_trainer preference loss" => RewardLoss(item),
        "KWiseMLELoss" => Loss(KWiseLoss.Compute(item.Input("rewards"))),
        "KWiseDPOLoss (CDPO)" => KWiseDpo(item),
        "VanillaKTOLoss (KL terms keep their gradient)" => VanillaKto(item),
        "PolicyLoss" => PerAnswer(item, ClippedPolicyLoss.Compute(item.Input("log_probs"), item.Input("old_log_probs"), item.Input("advantages"), item.Number("clip_eps")).Losses),
        "ValueLoss" => PerAnswer(item, ClippedValueLoss.Compute(item.Input("values"), item.Input("old_values"), item.Input("returns"), Clip(item)).Losses),
        "CalibratedNaiveExperienceMaker.make_experience" => Experience(item),
        _ => throw new InvalidDataException($"routine '{item.Routine}' is not known"),
    };

    private static GoldenOutcome RewardLoss(GoldenCase item)
    {
        var rewards = new ConfidenceRewards(item.Input("cwh_reward"), item.Input("cwl_reward"), item.Input("rwh_reward"), item.Input("rwl_reward"));
        var margin = item.HasInput("margin") ? item.Input("margin") : null;
        return Loss(item.Text("mode") switch
        {
            "combined" => CalibratedRewardLoss.Combined(rewards, item.Input("chosen_reward"), item.Input("reject_reward"), margin),
            "variant" => CalibratedRewardLoss.Crossed(rewards, margin),
            "KWise" => CalibratedRewardLoss.KWise(rewards),
            "default" or "logexp" => CalibratedRewardLoss.Pairwise(rewards, margin), // log(1 + eˣ) is -log σ(-x)
            var other => throw new InvalidDataException($"mode '{other}' is not known"),
        });
    }

    // Upstream multiplies what it logs by beta a second time.
    private static GoldenOutcome KWiseDpo(GoldenCase item)
    {
        var beta = item.Number("beta");
        var (losses, rewards) = KWiseDpoLoss.Compute(item.Input("policy_logps"), item.Input("reference_logps"), beta);
        var outcome = Loss(losses);
        string[] columns = ["cwh_rewards", "rwl_rewards", "cwl_rewards", "rwh_rewards"];
        return outcome with
        {
            Outputs = columns.Select((name, k) => (name, beta * rewards[.., k])).Append(("loss", outcome.Objective!)).ToDictionary(x => x.Item1, x => x.Item2),
        };
    }

    // Our KTO takes the KL as a number; upstream's copy lets it keep its gradient, so it is written out here.
    private static GoldenOutcome VanillaKto(GoldenCase item)
    {
        var beta = item.Number("beta");
        Tensor Ratio(string side) => item.Input($"policy_{side}_logps") - item.Input($"reference_{side}_logps");
        var (chosen, rejected) = (Ratio("chosen"), Ratio("rejected"));
        Tensor Kl(Tensor ratio) => ratio.mean().clamp(min: 0);
        var loss = cat([1 - (beta * (chosen - Kl(rejected))).sigmoid(), 1 - (beta * (Kl(chosen) - rejected)).sigmoid()]).mean();
        return new(new Dictionary<string, Tensor> { ["loss"] = loss, ["chosen_rewards"] = beta * chosen, ["rejected_rewards"] = beta * rejected }, loss);
    }

    private static double? Clip(GoldenCase item) => item.Parameter("clip_eps").ValueKind == JsonValueKind.Null ? null : item.Number("clip_eps");

    private static Tensor Mask(GoldenCase item) => item.Input("action_mask").to_type(ScalarType.Float64);

    // OpenRLHF weighs answers alike, not tokens.
    private static GoldenOutcome PerAnswer(GoldenCase item, Tensor losses) => Loss(LogProbs.Mean(losses, Mask(item)));

    // PPO-C's experience: read and cut the confidence, adjust the reward, then PPO as usual.
    private static GoldenOutcome Experience(GoldenCase item)
    {
        var (mask, policy, reference) = (Mask(item), item.Input("action_log_probs"), item.Input("base_action_log_probs"));
        var parsed = item.Parameter("texts").EnumerateArray().Select(text => ConfidenceText.Parse(text.GetString()!, item.Text("eos_token")!)).ToArray();
        var (adjusted, average) = Adjusted(item, tensor(parsed.Select(p => p.Share).ToArray()));
        var rewards = TokenRewards.KlPenalized(TokenRewards.AtLastToken(RewardMovingAverage.Clamp(adjusted), mask), policy, reference, mask, item.Number("kl_coef"));
        var targets = GeneralizedAdvantage.Compute(rewards, item.Input("values"), mask, item.Number("gamma"), item.Number("lambd"));
        return new(
            new Dictionary<string, Tensor>
            {
                ["adjusted_rewards"] = adjusted, ["reward_avg_after"] = average, ["token_rewards"] = rewards,
                ["kl"] = LogProbs.Mean(policy - reference, mask), ["advantages"] = targets.Advantages, ["returns"] = targets.Returns, ["return"] = rewards.sum(1),
            },
            Texts: new Dictionary<string, string[]> { ["texts_without_confidence"] = [.. parsed.Select(p => p.Response)] });
    }

    private static (Tensor Rewards, double Average) Adjusted(GoldenCase item, Tensor share)
    {
        var reward = RewardMovingAverage.Clamp(item.Input("raw_rewards"));
        var average = new RewardMovingAverage(item.Number("alpha"), item.Number("reward_avg_before"));
        var deviation = item.Text("avg_type") == "std";
        var delta = deviation ? average.Update(reward.std().item<double>()) : average.Update(reward);
        return (item.Text("adjustment_type") == "difference"
            ? CalibratedReward.Difference(reward, share, delta, item.Number("w"))
            : CalibratedReward.Threshold(reward, share, delta, item.Number("w"), signed: deviation), delta);
    }

    private static GoldenOutcome Loss(Tensor losses)
    {
        var loss = losses.mean();
        return new(new Dictionary<string, Tensor> { ["loss"] = loss }, loss);
    }
}
