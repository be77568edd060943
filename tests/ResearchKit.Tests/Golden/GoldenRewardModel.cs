using ResearchKit.Reward;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: the reward trainer's loss with margin and centring, and what it logs.</summary>
internal sealed class GoldenRewardModel : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var rewards = item.Input("rewards").squeeze(-1).chunk(2); // [2B,1], as the model gives them
        var margin = item.HasInput("margin") ? item.Input("margin") : null;
        var centering = item.Parameter("center_rewards_coefficient") is { ValueKind: System.Text.Json.JsonValueKind.Number } c ? c.GetDouble() : 0;
        var loss = BradleyTerryLoss.Compute(rewards[0], rewards[1], margin, centering).mean();
        var metrics = RewardMetrics.Of(rewards[0], rewards[1]);
        var outputs = new Dictionary<string, Tensor> { ["loss"] = loss };
        foreach (var (name, value) in new[]
        {
            ("min_reward", metrics.MinReward), ("mean_reward", metrics.MeanReward), ("max_reward", metrics.MaxReward),
            ("accuracy", metrics.Accuracy), ("margin", metrics.Margin),
        }) outputs[name] = tensor(value, dtype: ScalarType.Float64);
        return new(outputs, loss);
    }
}
