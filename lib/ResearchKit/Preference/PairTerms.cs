using ResearchKit.Data;
using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// What preference losses are computed from, of one batch of pairs: with it any of them is one line. Every property makes a new tensor
/// in the caller's dispose scope.
/// </summary>
/// <param name="PolicyPerToken">Log-probabilities of the scored tokens under the policy [2B,T-1], chosen rows first.</param>
/// <param name="ReferencePerToken">The same under the reference, without gradient; null where the loss needs none.</param>
/// <param name="Mask">1 on scored answer tokens [2B,T-1].</param>
public sealed record PairTerms(Tensor PolicyPerToken, Tensor? ReferencePerToken, Tensor Mask)
{
    /// <summary>Reads a batch.</summary>
    /// <param name="policyLogits">Policy logits [2B,T,V], chosen rows first.</param>
    /// <param name="batch">The batch they were computed from.</param>
    /// <param name="referencePerToken">The reference's log-probabilities [2B,T-1], computed now or once before training (<see cref="LogProbs.PerToken"/>).</param>
    public static PairTerms Of(Tensor policyLogits, PairBatch batch, Tensor? referencePerToken = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var policy = LogProbs.PerToken(policyLogits, batch.Ids);
        if (referencePerToken is not null) PairChecks.SameShape((policy, nameof(policyLogits)), (referencePerToken, nameof(referencePerToken)));
        return new(policy, referencePerToken?.detach(), batch.CompletionMask[.., 1..]);
    }

    /// <summary>Summed log π of the chosen answers [B].</summary>
    public Tensor ChosenLogProb => Half(LogProbs.Sum(PolicyPerToken, Mask), 0);

    /// <summary>Summed log π of the rejected answers [B].</summary>
    public Tensor RejectedLogProb => Half(LogProbs.Sum(PolicyPerToken, Mask), 1);

    /// <summary>Mean log π per token of the chosen answers [B].</summary>
    public Tensor ChosenMeanLogProb => Half(LogProbs.Mean(PolicyPerToken, Mask), 0);

    /// <summary>Mean log π per token of the rejected answers [B].</summary>
    public Tensor RejectedMeanLogProb => Half(LogProbs.Mean(PolicyPerToken, Mask), 1);

    /// <summary>Summed log π/π_ref of the chosen answers [B].</summary>
    public Tensor ChosenLogRatio => Half(LogProbs.Sum(Ratio, Mask), 0);

    /// <summary>Summed log π/π_ref of the rejected answers [B].</summary>
    public Tensor RejectedLogRatio => Half(LogProbs.Sum(Ratio, Mask), 1);

    /// <summary>Scored tokens of the chosen answers [B], int64.</summary>
    public Tensor ChosenLengths => Half(Mask.ne(0).sum(-1), 0);

    /// <summary>Scored tokens of the rejected answers [B], int64.</summary>
    public Tensor RejectedLengths => Half(Mask.ne(0).sum(-1), 1);

    private Tensor Ratio => PolicyPerToken - (ReferencePerToken
        ?? throw new InvalidOperationException("log-ratios need the reference's log-probabilities: pass them to PairTerms.Of"));

    private static Tensor Half(Tensor rows, int half) => rows.chunk(2)[half];
}
