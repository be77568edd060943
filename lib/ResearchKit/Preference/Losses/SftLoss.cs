using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Negative log-likelihood of answers, alone or as a term beside a preference loss. Official code: huggingface/trl f2cd577, loss type
/// "sft" of trl/trainer/dpo_trainer.py and the NLL of its CPO and ORPO trainers; princeton-nlp/SimPO 1b3e8f3, sft_weight.
/// </summary>
/// <remarks>
/// Implementations differ on the mean and on the mask: all four above take one mean over the batch's tokens, so that long answers count
/// more; iterative RPO divides by each answer's own length. ORPO's mask covers prompt and answer, the others' the answer.
/// </remarks>
public static class SftLoss
{
    /// <summary>Mean over all counted tokens of the batch, a scalar in nats; 0 where none is counted.</summary>
    /// <param name="perToken">Log-probabilities of the scored tokens [B,T-1] from <see cref="LogProbs.PerToken"/>.</param>
    /// <param name="mask">1 on tokens that count [B,T-1].</param>
    public static Tensor TokenMean(Tensor perToken, Tensor mask)
    {
        PairChecks.SameShape((perToken, nameof(perToken)), (mask, nameof(mask)));
        using var scope = NewDisposeScope();
        // NLL = −Σ_i Σ_t log π(y_i,t) / Σ_i |y_i|
        return (-LogProbs.Sum(perToken, mask).sum() / mask.ne(0).sum().clamp_min(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Mean over each answer's own tokens [B] in nats.</summary>
    /// <param name="perToken">Log-probabilities of the scored tokens [B,T-1].</param>
    /// <param name="mask">1 on tokens that count [B,T-1], at least one a row.</param>
    public static Tensor PerAnswer(Tensor perToken, Tensor mask)
    {
        using var scope = NewDisposeScope();
        // NLL_i = −Σ_t log π(y_i,t) / |y_i|
        return (-LogProbs.Mean(perToken, mask)).MoveToOuterDisposeScope();
    }
}
