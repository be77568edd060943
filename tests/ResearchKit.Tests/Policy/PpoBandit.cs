using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Policy;
using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

/// <summary>
/// Two contexts, one action out of three, a fixed reward for each: the KL-penalised optimum is known,
/// π*(a|x) ∝ π_ref(a|x)·exp(r(x,a)/β).
/// </summary>
internal sealed class PpoBandit : IDisposable
{
    internal const int Contexts = 2, Arms = 3, FirstArm = 3;
    private static readonly double[,] Rewards = { { 1, 0, -0.5 }, { -1, 0.3, 0.8 } };
    internal static readonly int[] Allowed = [FirstArm, FirstArm + 1, FirstArm + 2];

    internal PpoBandit(long seed)
    {
        Streams = new RandomStreams(seed);
        using var init = Streams.Generator("init");
        Policy = CausalLM.Create(ModelConfig.Tiny(vocabSize: 8, hidden: 16, layers: 1, heads: 2, maxPositions: 4) with { InitializerRange = 0.3 }, init);
        Reference = Policy.FrozenCopy();
        Critic = new RewardModel(Policy.Copy(), ScalarHead.Create(16, init, deviation: 0, bias: true));
    }

    internal RandomStreams Streams { get; }

    internal CausalLM Policy { get; }

    internal CausalLM Reference { get; }

    internal RewardModel Critic { get; }

    internal static SamplingOptions Sampling { get; } = new() { MaxNewTokens = 1, Restriction = new TokenRestriction([Allowed]) };

    internal static IReadOnlyList<int[]> Prompts(int copies) => [.. Enumerable.Range(0, copies * Contexts).Select(i => new[] { 1 + i % Contexts })];

    internal static Tensor Reward(Rollout rollout) => tensor(rollout.Completions.Select(c => (float)Rewards[c.Prompt[0] - 1, c.Tokens[0] - FirstArm]).ToArray());

    internal static double RewardOf(int context, int arm) => Rewards[context, arm];

    /// <summary>Probabilities of the arms by context, under the restriction.</summary>
    internal static double[][] Probabilities(CausalLM model)
    {
        using var no = no_grad();
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, Contexts).Select(x =>
        {
            var logits = Sampling.Restriction!.Apply(model.Forward(tensor([1L + x], [1L, 1L])).squeeze(0), 0);
            return logits.softmax(-1).squeeze(0)[FirstArm..(FirstArm + Arms)].to_type(ScalarType.Float64).data<double>().ToArray();
        })];
    }

    internal double[][] Optimum(double beta) => [.. Probabilities(Reference).Select((row, x) =>
    {
        var weights = row.Select((p, a) => p * Math.Exp(Rewards[x, a] / beta)).ToArray();
        return (double[])[.. weights.Select(w => w / weights.Sum())];
    })];

    internal History Train(PpoOptions options, IKlController kl, int copies = 64, Action<int>? onIteration = null, CancellationToken stop = default) =>
        PpoTrainer.Run(
            Policy, Reference, options.Estimator == AdvantageEstimator.Generalized ? Critic : null, options, kl,
            _ => Prompts(copies), Reward, Streams, onIteration: onIteration, cancellationToken: stop);

    internal float[] Weights() => [.. Policy.parameters().SelectMany(p => p.detach().flatten().data<float>().ToArray())];

    public void Dispose()
    {
        Policy.Dispose();
        Reference.Dispose();
        Critic.Dispose();
    }
}
