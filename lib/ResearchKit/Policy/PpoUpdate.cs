using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>The learning half of an iteration: epochs × minibatches of clipped policy and value losses.</summary>
internal sealed class PpoUpdate : IDisposable
{
    private readonly CausalLM policy;
    private readonly RewardModel? critic;
    private readonly PpoOptions options;
    private readonly FusedAdamW policyOptimizer;
    private readonly FusedAdamW? criticOptimizer;

    internal PpoUpdate(CausalLM policy, RewardModel? critic, PpoOptions options)
    {
        (this.policy, this.critic, this.options) = (policy, critic, options);
        policyOptimizer = Optimizer(policy);
        criticOptimizer = critic is null ? null : Optimizer(critic);
    }

    /// <summary>Learns from one rollout; returns the means of what the steps measured, and how many there were.</summary>
    internal Dictionary<string, double> Run(Rollout rollout, AdvantagesAndReturns targets, int iteration, Rng order, CancellationToken cancellationToken)
    {
        var steps = new List<Dictionary<string, double>>();
        foreach (var rows in Minibatches(rollout.Completions.Count, order))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var measured = Step(rollout, targets, rows, $"iteration {iteration}, update {steps.Count + 1}");
            steps.Add(measured);
            if (measured[PpoHistory.UpdateKl] > options.UpdateKlLimit) break;
        }
        var means = steps[0].Keys.ToDictionary(name => name, name => steps.Average(step => step[name]));
        means[PpoHistory.Updates] = steps.Count;
        return means;
    }

    public void Dispose()
    {
        policyOptimizer.ZeroGrad();
        criticOptimizer?.ZeroGrad();
        policyOptimizer.Dispose();
        criticOptimizer?.Dispose();
    }

    private IEnumerable<long[]> Minibatches(int answers, Rng order)
    {
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var shuffled = order.Permutation(answers);
            foreach (var rows in shuffled.Chunk((answers + options.Minibatches - 1) / options.Minibatches)) yield return [.. rows.Select(row => (long)row)];
        }
    }

    private Dictionary<string, double> Step(Rollout rollout, AdvantagesAndReturns targets, long[] indices, string where)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(indices, device: policy.Device);
        Tensor Pick(Tensor all) => all.index_select(0, rows);
        using var batch = rollout.Batch.Rows(rows);
        var (mask, old) = (batch.Mask, Pick(rollout.LogProbs));
        var logits = batch.Logits(policy);
        var logProbs = batch.LogProbs(logits);
        var surrogate = ClippedPolicyLoss.Compute(logProbs, old, Pick(targets.Advantages), options.Clip);
        var policyLoss = Masked.Mean(surrogate.Losses, mask);
        var measured = new Dictionary<string, double>
        {
            [PpoHistory.PolicyLoss] = Number(policyLoss),
            [PpoHistory.Entropy] = Number(Masked.Mean(PolicyEntropy.Of(logits.detach()), mask)),
            [PpoHistory.UpdateKl] = Number(Masked.Mean(TokenKl.Estimate(old, logProbs.detach(), KlEstimator.K3), mask)),
            [PpoHistory.ClipFraction] = Number(Masked.Mean(surrogate.Clipped, mask)),
        };
        Move(policyOptimizer, policyLoss, options.LearningRate, "policy", where);
        if (critic is null) return measured;
        var values = ClippedValueLoss.Compute(batch.Values(critic), Pick(rollout.Values!), Pick(targets.Returns), options.ValueClip);
        var valueLoss = Masked.Mean(values.Losses, mask);
        measured[PpoHistory.ValueLoss] = Number(valueLoss);
        Move(criticOptimizer!, valueLoss, options.ValueLearningRate ?? options.LearningRate, "value", where);
        return measured;
    }

    private void Move(FusedAdamW optimizer, Tensor loss, double learningRate, string what, string where)
    {
        optimizer.ZeroGrad();
        loss.backward();
        var norm = optimizer.ClipGradients(options.ClipNorm);
        if (!double.IsFinite(norm))
            throw new TrainingException(FormattableString.Invariant($"{where}: the {what} loss is {Number(loss)}, its gradient's norm {norm}, finite numbers are expected. Its weights are those before that update. A lower learning rate or a larger KL coefficient may help."));
        optimizer.Step(learningRate);
    }

    private static double Number(Tensor scalar) => scalar.detach().to_type(ScalarType.Float64).item<double>();

    private static FusedAdamW Optimizer(nn.Module model)
    {
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);   // tied parameters are trained once
        return new FusedAdamW([.. model.named_parameters().Where(item => item.parameter.requires_grad && seen.Add(item.parameter)).Select(item => (item.name, item.parameter))]);
    }
}
