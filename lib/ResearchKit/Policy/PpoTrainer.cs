using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// PPO as RLHF runs it (Ziegler et al. 2019; Stiennon et al. 2020; Ouyang et al. 2022): sample answers, score them,
/// subtract the KL penalty, estimate advantages, learn for a few epochs. Without a critic and with another
/// <see cref="AdvantageEstimator"/> the same loop is REINFORCE, RLOO or GRPO with the penalty in the reward.
/// </summary>
public static class PpoTrainer
{
    private const int KlPatience = 5;

    /// <summary>Trains the policy, and the critic, in place.</summary>
    /// <param name="policy">The policy; its parameters that require a gradient are trained.</param>
    /// <param name="reference">What it is held to, frozen: the policy at the start, as a rule.</param>
    /// <param name="critic">The value model, a network of its own; null where the estimator needs none.</param>
    /// <param name="options">The run's numbers.</param>
    /// <param name="klController">Sets β; one per run, as it may have a state.</param>
    /// <param name="prompts">The prompts of an iteration, numbered from 1.</param>
    /// <param name="reward">
    /// Scores a rollout's answers, called without gradients: rewards per token [B,T] laid out as <see cref="AnswerBatch"/>
    /// (padding is ignored), or one score per answer [B], paid on its last token. NaN in [B] marks an answer that cannot
    /// be scored, where the estimator compares groups.
    /// </param>
    /// <param name="streams">The run's random streams; "rollouts" and "minibatches" are used.</param>
    /// <param name="progress">Where progress is shown; the number beside it is the mean reward.</param>
    /// <param name="onIteration">Called after each iteration with its number, for evaluation.</param>
    /// <param name="cancellationToken">Ends the run before the next token or update; what was learned is kept.</param>
    /// <returns>The numbers of every iteration under <see cref="PpoHistory"/>'s names; <see cref="History.Stopped"/> when cancelled, or ended by <see cref="PpoOptions.ReferenceKlLimit"/>.</returns>
    /// <exception cref="TrainingException">A reward, loss or gradient is not finite, or rewards have another shape.</exception>
    public static History Run(
        CausalLM policy, CausalLM reference, RewardModel? critic, PpoOptions options, IKlController klController,
        Func<int, IReadOnlyList<int[]>> prompts, Func<Rollout, Tensor> reward, RandomStreams streams,
        IProgressSink? progress = null, Action<int>? onIteration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(klController);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(streams);
        options.Check(critic is not null);
        var history = new History();
        using var generator = streams.Generator("rollouts", policy.Device);
        var order = streams.Rng("minibatches");
        using var update = new PpoUpdate(policy, critic, options);
        using var bar = (progress ?? SilentProgress.Instance).Start(options.Title, options.Iterations);
        var beyond = 0;
        for (var iteration = 1; iteration <= options.Iterations && beyond < KlPatience; iteration++)
        {
            try
            {
                using var scope = NewDisposeScope();
                using var rollout = Rollout.Collect(policy, reference, critic, prompts(iteration), options.SamplesPerPrompt, options.Sampling, generator, cancellationToken);
                history.Add(iteration, Learn(rollout, reward, options, klController, update, iteration, order, cancellationToken));
                bar.Report(iteration, history.Last(PpoHistory.Reward));
                onIteration?.Invoke(iteration);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                history.Stopped = true;
                break;
            }
            if (history.Last(PpoHistory.Kl) > options.ReferenceKlLimit) beyond++;
        }
        history.Stopped |= beyond == KlPatience;
        return history;
    }

    private static Dictionary<string, double> Learn(
        Rollout rollout, Func<Rollout, Tensor> reward, PpoOptions options, IKlController klController, PpoUpdate update, int iteration, Rng order, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var mask = rollout.Mask;
        var beta = klController.Coefficient;
        var raw = Score(rollout, reward, options, iteration);
        var penalized = TokenRewards.KlPenalized(raw, rollout.LogProbs, rollout.ReferenceLogProbs, mask, beta, options.Kl);
        var kl = Number(Generation.LogProbs.Sum(rollout.LogProbs - rollout.ReferenceLogProbs, mask).mean());
        var measured = new Dictionary<string, double>
        {
            [PpoHistory.Reward] = Number(Scorable.Mean(Generation.LogProbs.Sum(raw, mask), 0)),
            [PpoHistory.Kl] = kl,
            [PpoHistory.KlCoefficient] = beta,
            [PpoHistory.Length] = rollout.Completions.Average(c => (double)c.Tokens.Length),
        };
        foreach (var (name, value) in update.Run(rollout, RolloutAdvantages.Of(rollout, penalized, options), iteration, order, cancellationToken)) measured[name] = value;
        klController.Update(kl, rollout.Completions.Count);
        return measured;
    }

    // Rewards per token [B,T], 0 on padding.
    private static Tensor Score(Rollout rollout, Func<Rollout, Tensor> reward, PpoOptions options, int iteration)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var mask = rollout.Mask;
        var given = reward(rollout).to_type(mask.dtype);
        var grouped = options.Estimator is not (AdvantageEstimator.Generalized or AdvantageEstimator.Reinforce);
        if (!given.shape.SequenceEqual(mask.shape) && !given.shape.SequenceEqual([mask.shape[0]]))
            throw new TrainingException($"iteration {iteration}: the reward function gave {PolicyChecks.Shape(given)} for {mask.shape[0]} answers of up to {mask.shape[1]} tokens; {PolicyChecks.Shape(mask)} (per token) or [{mask.shape[0]}] (per answer) is expected.");
        var scores = given.dim() == 1 ? TokenRewards.AtLastToken(given, mask) : given.masked_fill(mask.eq(0), 0);
        var wrong = (grouped && given.dim() == 1 ? scores.isinf() : scores.isfinite().logical_not()).any(1).cpu().data<bool>().ToArray();
        if (Array.IndexOf(wrong, true) is var row and >= 0)
            throw new TrainingException($"iteration {iteration}: the reward of answer {row} of {wrong.Length} is not a finite number. {(grouped ? "NaN per answer means not scorable; infinities and NaN per token mean nothing." : $"Only estimators that compare groups can leave answers out; {options.Estimator} cannot.")}");
        return scores.MoveToOuterDisposeScope();
    }

    private static double Number(Tensor scalar) => scalar.to_type(ScalarType.Float64).item<double>();
}
