namespace ResearchKit.Preference;

public static partial class LossCatalogue
{
    private static LossEntry[] Logistic() =>
    [
        Pair("DPO", typeof(DpoLoss), "DpoLoss.Compute(..., beta)", @"-\log\sigma(\beta(\rho_w-\rho_l))",
            "Bradley-Terry preferences with right labels; the policy starts at the reference",
            $"arXiv 2305.18290, equation 7; eric-mitchell/direct-preference-optimization f8b8c0f, trainers.py; {Trl}, \"sigmoid\"",
            ["dpo-reference", .. TrlGolden, "f-divergence", "halos"]),
        Pair("Conservative DPO (cDPO)", typeof(DpoLoss), "DpoLoss.Compute(..., beta, labelSmoothing: ε)",
            @"-(1-\varepsilon)\log\sigma(\beta(\rho_w-\rho_l))-\varepsilon\log\sigma(-\beta(\rho_w-\rho_l))",
            "labels are flipped with probability ε; the optimum margin is logit(1−ε)/β",
            "Mitchell 2023; eric-mitchell/direct-preference-optimization f8b8c0f, trainers.py; ContextualAI/HALOs 4831988, CDPOTrainer (TRL's DPO trainer dropped it)",
            ["dpo-reference", "halos"]),
        Pair("Robust DPO", typeof(RobustDpoLoss), "RobustDpoLoss.Compute(ρw, ρl, beta, flipRate)",
            @"\frac{-(1-\varepsilon)\log\sigma(z)+\varepsilon\log\sigma(-z)}{1-2\varepsilon},\ z=\beta(\rho_w-\rho_l)",
            "labels are flipped with known probability ε, independent of the pair; unbounded below", $"arXiv 2403.00409; {Trl}, \"robust\"", TrlGolden),
        Pair("Soft-label DPO (CREAM)", typeof(SoftLabelDpoLoss), "SoftLabelDpoLoss.Compute(ρw, ρl, label, beta)",
            @"-p\log\sigma(z)-(1-p)\log\sigma(-z),\ z=\beta(\rho_w-\rho_l)",
            "a probability per pair that its label is right, such as the consistency of two rankings", "arXiv 2410.12735; Raibows/CREAM", []),
        Pair("ODPO", typeof(OdpoLoss), "OdpoLoss.Compute(ρw, ρl, scoreGap, beta, alpha)",
            @"-\log\sigma(\beta(\rho_w-\rho_l)-\alpha\log(s_w-s_l))", "scores whose gap says how much better the chosen answer is", "arXiv 2402.10571", []),
        Pair("DPOP", typeof(DpopLoss), "DpopLoss.Compute(ρw, ρl, beta, penalty)",
            @"-\log\sigma(\beta(\rho_w-\rho_l-\lambda\max(0,-\rho_w)))", "the chosen answers are worth at least the reference's probability", "arXiv 2402.13228", []),
        Pair("DPO-Shift", typeof(DpoShiftLoss), "DpoShiftLoss.Compute(ρw, ρl, beta, shift)",
            @"-\log\sigma(\beta\rho_w-f\beta\rho_l)", "as DPO; margin is worth giving up for the chosen answers' likelihood", "arXiv 2502.07599", []),
        Pair("β-DPO", typeof(BetaDpoLoss), "BetaDpoLoss.Compute(ρw, ρl, kept, spread, beta, a)",
            @"-\log\sigma(\beta'(\rho_w-\rho_l)),\ \beta'=\max(10^{-3},\beta(1+a(\overline{D}_{kept}-M)))",
            "pairs far from the running mean gap are outliers; gaps drift slowly", "arXiv 2407.08639; junkangwu/beta-DPO 1629047, trainers.py", ["beta-dpo"]),
        Pair("WPO", typeof(WpoLoss), "WpoLoss.Compute(ρw, ρl, WpoWeights.Of(...), beta)",
            @"-w\log\sigma(\beta(\rho_w-\rho_l)),\ w=\min(1,e^{\bar q_w+\bar q_l})",
            "off-policy pairs, whose likelihood under the policy says how relevant they are",
            $"arXiv 2406.11827, equation 2; wzhouad/WPO a104458, scripts/run_wpo.py (cap 1); {Trl}, use_weighting (no cap)", ["wpo", "dpo-trl"]),
        Pair("RPO (DPO + NLL)", typeof(RpoLoss), "RpoLoss.Compute(ρw, ρl, nll, beta, alpha)",
            @"-\log\sigma(\beta(\rho_w-\rho_l))+\alpha\,\mathrm{NLL}(y_w)", "the chosen answers are worth imitating",
            $"arXiv 2404.19733, equation 1; arXiv 2405.16436; {Trl}, loss_type [\"sigmoid\", \"sft\"]", ["dpo-trl"]),
        Pair("TR-DPO", typeof(ReferenceUpdate), "DpoLoss.Compute(...); ReferenceUpdate.Apply(policy, reference, alpha)",
            @"-\log\sigma(\beta(\rho_w-\rho_l)),\ \theta_{ref}\leftarrow\alpha\theta+(1-\alpha)\theta_{ref}\ \text{every}\ \tau\ \text{steps}",
            "the reference may follow the policy; precomputed reference log-probabilities are void after an update",
            "arXiv 2404.09656; huggingface/trl f2cd577, trl/trainer/callbacks.py", []),
    ];
}
