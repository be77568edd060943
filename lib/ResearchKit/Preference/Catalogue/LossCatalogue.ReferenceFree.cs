namespace ResearchKit.Preference;

public static partial class LossCatalogue
{
    private static LossEntry[] ReferenceFreeLosses() =>
    [
        Free("SimPO", typeof(SimPoLoss), "SimPoLoss.Compute(l̄w, l̄l, beta, gammaOverBeta)", @"-\log\sigma(\beta(\bar l_w-\bar l_l)-\gamma)",
            "the policy starts from a good SFT model; few, small steps keep it near",
            "arXiv 2405.14734, equation 6; princeton-nlp/SimPO 1b3e8f3, scripts/simpo_trainer.py; TRL's CPO trainer; ContextualAI/HALOs 4831988", ["simpo", "cpo", "halos"]),
        Free("AlphaPO", typeof(AlphaPoLoss), "AlphaPoLoss.Compute(l̄w, l̄l, beta, gammaOverBeta, alpha)",
            @"-\log\sigma(\beta(r_w-r_l)-\gamma),\ r=(1-e^{-\alpha\bar l})/\alpha", "as SimPO", "arXiv 2501.03884; huggingface/trl f2cd577, trl/experimental/cpo/cpo_trainer.py", ["cpo"]),
        Free("CPO", typeof(CpoLoss), "CpoLoss.Compute(lw, ll, beta) + α SftLoss.TokenMean(...)", @"-\log\sigma(\beta(l_w-l_l))+\alpha\,\mathrm{NLL}(y_w)",
            "the chosen answers are nearly perfect, so that imitation replaces the reference", "arXiv 2401.08417, equation 3; huggingface/trl f2cd577, trl/experimental/cpo/cpo_trainer.py", ["cpo"]),
        Free("ORPO", typeof(OrpoLoss), "OrpoLoss.Compute(l̄w, l̄l, lambda) + SftLoss.TokenMean(...)",
            @"\mathrm{NLL}(y_w)-\lambda\log\sigma\!\left(\log\frac{o_w}{o_l}\right),\ o=\frac{e^{\bar l}}{1-e^{\bar l}}", "replaces SFT: starts from a base model",
            "arXiv 2403.07691, equations 4, 6, 7; huggingface/trl f2cd577, trl/experimental/orpo/orpo_trainer.py", ["orpo"]),
        Free("SLiC-HF", typeof(SlicHfLoss), "SlicHfLoss.Compute(lw, ll, targetNll, margin, lambda)", @"\max(0,\delta-l_w+l_l)+\lambda\,\mathrm{NLL}(y_{sft})",
            "a margin of δ nats is enough", "arXiv 2305.10425, equation 1; ContextualAI/HALOs 4831988, SLiCTrainer", []),
        Free("RRHF", typeof(RrhfLoss), "RrhfLoss.Compute(l̄w, l̄l, nll, lambda)", @"\max(0,\bar l_l-\bar l_w)+\lambda\,\mathrm{NLL}(y_w)",
            "ranking is enough; no margin is asked for", "arXiv 2304.05302", []),
        new("SFT", typeof(SftLoss), "SftLoss.TokenMean(perToken, mask) or SftLoss.PerAnswer(...)", @"-\frac1{\sum_i\lvert y_i\rvert}\sum_i\sum_t\log\pi(y_{i,t})",
            "good answers only", Reference: false, Paired: false, $"{Trl}, \"sft\"; the NLL of TRL's CPO and ORPO trainers and of SimPO", [.. TrlGolden, "simpo", "cpo", "orpo"]),
    ];

    private static LossEntry Free(string name, Type routine, string call, string equation, string assumes, string source, string[] golden) =>
        new(name, routine, call, equation, assumes, Reference: false, Paired: true, source, golden);
}
