using ResearchKit.Data;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class PreferenceMetricsTests
{
    private static PairBatch Batch(float answer) => new(
        tensor(new long[] { 0, 1, 2, 0, 2, 1 }, [2, 3]), ones(2, 3, dtype: ScalarType.Int64), tensor(new[] { 0f, 0, answer, 0, 0, answer }, [2, 3]));

    [Fact]
    public void A_step_logs_all_sixteen_of_TRLs_metrics_in_its_documented_order()
    {
        using var batch = Batch(1);
        var logits = Vectors.Normal(1, 2, 3, 4);
        var outcome = DpoFromLogits.Compute(logits, Vectors.Normal(2, 2, 3, 4), batch, 0.1);

        var metrics = PreferenceMetrics.Step(outcome.Metrics, 7, 0.5, 6, outcome.Loss.item<double>(), 1e-3, 2.5);

        Assert.Equal(16, PreferenceMetrics.Names.Count);
        Assert.Equal(PreferenceMetrics.Names, metrics.Keys);
        Assert.Equal(2.5, metrics["grad_norm"]);
        Assert.Equal(metrics["rewards/chosen"] - metrics["rewards/rejected"], metrics["rewards/margins"], 12);
    }

    [Fact]
    public void A_uniform_policy_has_entropy_log_V_and_a_tied_pair_counts_as_wrong()
    {
        using var batch = Batch(1);
        var logits = zeros(2, 3, 4, dtype: ScalarType.Float64);

        var metrics = DpoFromLogits.Compute(logits, logits, batch, 0.1).Metrics;

        Assert.Equal(Math.Log(4), metrics["entropy"], 12);
        Assert.Equal(-Math.Log(4), metrics["logps/chosen"], 12);
        Assert.Equal(0, metrics["rewards/accuracies"]);
        Assert.Equal(0, metrics["logits/chosen"]);
    }

    [Fact]
    public void A_batch_without_answer_tokens_gives_zeros_as_in_TRL()
    {
        using var batch = Batch(0);
        var logits = Vectors.Normal(1, 2, 3, 4);

        var metrics = DpoFromLogits.Compute(logits, logits, batch, 0.1).Metrics;

        Assert.Equal(0, metrics["entropy"]);
        Assert.Equal(0, metrics["mean_token_accuracy"]);
    }

    [Fact]
    public void A_step_leaves_only_its_results_alive()
    {
        using var batch = Batch(1);
        using var logits = Vectors.Normal(1, 2, 3, 4);
        using var scope = NewDisposeScope();

        DpoFromLogits.Compute(logits, logits, batch, 0.1);

        Assert.Equal(4, scope.DisposablesCount);
    }
}
