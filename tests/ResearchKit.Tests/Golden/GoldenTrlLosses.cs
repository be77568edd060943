using ResearchKit.Preference;

namespace ResearchKit.Tests.Golden;

/// <summary>TRL's names of loss types, as calls of the library.</summary>
internal static class GoldenTrlLosses
{
    internal static PreferenceLoss Compute(string type, GoldenTrlTerms terms, GoldenCase item)
    {
        var (w, l, beta) = (terms.ChosenRatio, terms.RejectedRatio, item.Number("beta"));
        var smoothing = item.Has("label_smoothing") ? item.Number("label_smoothing") : 0;
        var (policy, reference, pairs) = (terms.Policy.chunk(2), terms.Reference.chunk(2), terms.Pairs);
        return type switch
        {
            // TRL's sigmoid takes no notice of label_smoothing, so neither does this.
            "sigmoid" when item.Has("ld_alpha") => LengthDesensitized(pairs, beta, item.Number("ld_alpha")),
            "sigmoid" => FDivergenceDpoLoss.Compute(w, l, beta, Divergence(item), item.Has("f_alpha_divergence_coef") ? item.Number("f_alpha_divergence_coef") : 0.5),
            "hinge" => HingeLoss.Compute(w, l, beta),
            "ipo" => IpoLoss.Compute(w, l, pairs.ChosenLengths, pairs.RejectedLengths, beta, TokenReduction.Mean),
            "exo_pair" => ExoLoss.Compute(w, l, beta, smoothing),
            "nca_pair" => NcaLoss.Compute(w, l, beta),
            "robust" => RobustDpoLoss.Compute(w, l, beta, smoothing),
            "bco_pair" => BcoPairLoss.Compute(w, l, beta),
            "sppo_hard" => SppoLoss.Compute(w, l, beta),
            "aot" => AotLoss.Compute(policy[0], policy[1], reference[0], reference[1], beta, smoothing),
            "aot_unpaired" => AotUnpairedLoss.Compute(w, l, beta, smoothing),
            "apo_zero" => ApoZeroLoss.Compute(w, l, beta),
            "apo_down" => ApoDownLoss.Compute(w, l, beta),
            "discopop" => DiscoPopLoss.Compute(w, l, beta),
            "sigmoid_norm" => LengthNormalizedDpoLoss.Compute(w, l, pairs.ChosenLengths, pairs.RejectedLengths, beta),
            "sft" => new(SftLoss.TokenMean(pairs.PolicyPerToken.chunk(2)[0], pairs.Mask.chunk(2)[0]), beta * w, beta * l),
            _ => throw new InvalidDataException($"loss type '{type}' is not TRL's"),
        };
    }

    private static PreferenceLoss LengthDesensitized(PairTerms pairs, double beta, double alpha)
    {
        var (ratio, mask) = ((pairs.PolicyPerToken - pairs.ReferencePerToken!).chunk(2), pairs.Mask.chunk(2));
        return LengthDesensitizedDpoLoss.Compute(ratio[0], ratio[1], mask[0], mask[1], beta, alpha);
    }

    private static DivergenceKind Divergence(GoldenCase item) => item.Text("f_divergence_type") switch
    {
        null or "reverse_kl" => DivergenceKind.ReverseKl,
        "forward_kl" => DivergenceKind.ForwardKl,
        "js_divergence" => DivergenceKind.JensenShannon,
        "alpha_divergence" => DivergenceKind.Alpha,
        var other => throw new InvalidDataException($"f-divergence '{other}' is not TRL's"),
    };
}
