using ResearchKit.Data;
using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// What the preference losses need of a batch of B pairs, from one forward pass of the policy: sums of log-probabilities over
/// the answers, log-ratios to the reference, lengths. Rows 0..B-1 are the chosen answers, B..2B-1 the rejected ones.
/// </summary>
/// <remarks>Its tensors belong to the dispose scope in which it is made.</remarks>
public sealed class PairLogProbs
{
    private PairLogProbs(Tensor perToken, Tensor referencePerToken, Tensor mask)
    {
        (PerToken, ReferencePerToken, Mask) = (perToken, referencePerToken, mask);
        (PolicyChosen, PolicyRejected) = Halves(LogProbs.Sum(perToken, mask));
        (ReferenceChosen, ReferenceRejected) = Halves(LogProbs.Sum(referencePerToken, mask));
        (ChosenLengths, RejectedLengths) = Halves(mask.ne(0).sum(-1));
        (ChosenRatio, RejectedRatio) = (PolicyChosen - ReferenceChosen, PolicyRejected - ReferenceRejected);
    }

    /// <summary>Log-probabilities of the scored tokens under the policy [2B,T-1].</summary>
    public Tensor PerToken { get; }

    /// <summary>The same under the reference; what stands outside the mask is not read.</summary>
    public Tensor ReferencePerToken { get; }

    /// <summary>1 on answer tokens, the end token included [2B,T-1].</summary>
    public Tensor Mask { get; }

    /// <summary>Summed log-probability of each chosen answer under the policy [B], in nats.</summary>
    public Tensor PolicyChosen { get; }

    /// <summary>The same of each rejected answer [B].</summary>
    public Tensor PolicyRejected { get; }

    /// <summary>Summed log-probability of each chosen answer under the reference [B].</summary>
    public Tensor ReferenceChosen { get; }

    /// <summary>The same of each rejected answer [B].</summary>
    public Tensor ReferenceRejected { get; }

    /// <summary>log π/π_ref of each chosen answer [B].</summary>
    public Tensor ChosenRatio { get; }

    /// <summary>The same of each rejected answer [B].</summary>
    public Tensor RejectedRatio { get; }

    /// <summary>Answer tokens of each chosen answer [B], int64.</summary>
    public Tensor ChosenLengths { get; }

    /// <summary>The same of each rejected answer [B].</summary>
    public Tensor RejectedLengths { get; }

    /// <summary>Mean log-probability per token of each chosen answer under the policy [B].</summary>
    public Tensor ChosenMean => PolicyChosen / ChosenLengths;

    /// <summary>The same of each rejected answer [B].</summary>
    public Tensor RejectedMean => PolicyRejected / RejectedLengths;

    /// <summary>Scored-token masks of the chosen and the rejected rows [B,T-1].</summary>
    public (Tensor Chosen, Tensor Rejected) Masks => Halves(Mask);

    /// <summary>log π/π_ref of each scored token of the chosen and the rejected rows [B,T-1]; not masked.</summary>
    public (Tensor Chosen, Tensor Rejected) TokenRatios => Halves(PerToken - ReferencePerToken);

    /// <summary>Negative log-likelihood of the chosen answers, one mean over the batch's answer tokens (scalar), as TRL's trainers have it.</summary>
    public Tensor ChosenNll => SftLoss.TokenMean(Halves(PerToken).First, Masks.Chosen);

    /// <summary>From the policy's logits and the reference's log-probabilities, which <see cref="ReferenceLogProbs"/> computes once for all epochs.</summary>
    /// <param name="policyLogits">Policy logits [2B,T,V].</param>
    /// <param name="referencePerToken">Reference log-probabilities of the scored tokens [2B,T-1]; no gradient flows into them.</param>
    /// <param name="batch">The batch of pairs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static PairLogProbs Of(Tensor policyLogits, Tensor referencePerToken, PairBatch batch)
    {
        ArgumentNullException.ThrowIfNull(referencePerToken);
        ArgumentNullException.ThrowIfNull(batch);
        var mask = batch.CompletionMask.narrow(1, 1, batch.CompletionMask.shape[1] - 1);
        return new PairLogProbs(LogProbs.PerToken(policyLogits, batch.Ids), referencePerToken.detach(), mask);
    }

    private static (Tensor First, Tensor Second) Halves(Tensor rows)
    {
        var halves = rows.split(rows.shape[0] / 2);
        return (halves[0], halves[1]);
    }
}
