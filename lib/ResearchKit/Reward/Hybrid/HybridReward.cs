using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>What decides between rule and model.</summary>
public enum HybridGate
{
    /// <summary>The question: verifiable ones are scored by the rule even where it cannot parse the answer (which is then worth 0).</summary>
    ByQuestion,

    /// <summary>The answer: what the rule cannot parse (confidence 0) is left to the model, so an answer can dodge the rule.</summary>
    ByResponse,

    /// <summary>Both, weighted by the rule's confidence.</summary>
    Soft,
}

/// <summary>
/// The hybrid accuracy reward of HARMO (arXiv 2510.05283, equation 1): rule-based where an answer can be verified,
/// model-based where it is open-ended. What decides is not explained there; the three gates are the readings.
/// </summary>
public static class HybridReward
{
    /// <summary>R = g · R_rule + (1 − g) · R_model.</summary>
    /// <param name="rule">The rule's verdicts [P,G] and its confidence c [P,G].</param>
    /// <param name="model">The model's rewards on the rule's scale [P,G] (<see cref="RewardScale"/>).</param>
    /// <param name="gate">g: 1 on verifiable questions; or 1[c &gt; 0]; or c. The last two only on verifiable questions, 0 elsewhere.</param>
    /// <param name="verifiable">Whether a question has a rule at all [P].</param>
    /// <returns>[P,G], without a gradient; what the gate shuts out may be NaN.</returns>
    public static Tensor Combine(RewardScore rule, Tensor model, HybridGate gate, IReadOnlyList<bool> verifiable)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(verifiable);
        if (model.dim() != 2 || !model.shape.SequenceEqual(rule.Value.shape) || !model.shape.SequenceEqual(rule.Confidence.shape) || model.shape[0] != verifiable.Count)
        {
            throw new ArgumentException(
                $"rule [{string.Join(',', rule.Value.shape)}] with confidence [{string.Join(',', rule.Confidence.shape)}], model [{string.Join(',', model.shape)}], {verifiable.Count} questions; [P,G] of all and P questions are expected", nameof(model));
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (value, score) = (rule.Value.to(ScalarType.Float64), model.to(ScalarType.Float64));
        var confidence = rule.Confidence.to(ScalarType.Float64);
        var share = gate switch
        {
            HybridGate.ByQuestion => ones_like(confidence),
            HybridGate.ByResponse => confidence.gt(0).to(ScalarType.Float64),
            HybridGate.Soft => confidence,
            _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, "one of the three gates is expected"),
        };
        share = share * tensor(verifiable.Select(v => v ? 1.0 : 0).ToArray(), device: model.device).unsqueeze(1);
        // A NaN behind a shut gate must not leak: 0 · NaN is NaN.
        var hybrid = value.masked_fill(share.eq(0), 0) * share + score.masked_fill(share.eq(1), 0) * (1 - share);
        return hybrid.MoveToOuterDisposeScope();
    }
}
