namespace ResearchKit.Preference;

public static partial class LossCatalogue
{
    private static LossEntry[] AbsoluteLosses() =>
    [
        Pair("NCA", typeof(NcaLoss), "NcaLoss.Compute(ρw, ρl, beta)",
            @"-\log\sigma(\beta\rho_w)-\tfrac12\log\sigma(-\beta\rho_w)-\tfrac12\log\sigma(-\beta\rho_l)", "the chosen likelihood must not fall",
            $"arXiv 2402.05369; {Trl}, \"nca_pair\"", TrlGolden),
        Pair("BCO, pairs", typeof(BcoPairLoss), "BcoPairLoss.Compute(ρw, ρl, beta)", @"-\log\sigma(\beta\rho_w)-\log\sigma(-\beta\rho_l)",
            "chosen answers are better, rejected ones worse than the reference's", $"arXiv 2404.04656; {Trl}, \"bco_pair\" (its documentation prints DPO's formula)", TrlGolden),
        new("BCO", typeof(BcoLoss), "BcoLoss.Compute(ρw, ρl, beta, shift, rejectedWeights)",
            @"-\log\sigma(\beta\rho_w-\delta),\quad -w\log\sigma(\delta-\beta\rho_l)", "δ is the running mean of all rewards; weights where prompts of both kinds differ",
            Reference: true, Paired: false, "arXiv 2404.04656; huggingface/trl f2cd577, trl/experimental/bco/bco_trainer.py", ["bco"]),
        Pair("SPPO", typeof(SppoLoss), "SppoLoss.Compute(ρw, ρl, beta, chosenWinRate)",
            @"(\rho_w-\tfrac{P_w-1/2}\beta)^2+(\rho_l+\tfrac{P_w-1/2}\beta)^2", "win rates of on-policy samples; at β = 0.001 the targets are ±500 nats",
            $"arXiv 2405.00675, equation 4.7; {Trl}, \"sppo_hard\"", TrlGolden),
        Pair("Cal-DPO", typeof(CalDpoLoss), "CalDpoLoss.Compute(ρw, ρl, beta)",
            @"-\log\sigma(\rho_w-\rho_l)+(\rho_w-\tfrac1{2\beta})^2+(\rho_l+\tfrac1{2\beta})^2", "rewards are on the scale ±½", "arXiv 2412.14516", []),
        Pair("APO-zero", typeof(ApoZeroLoss), "ApoZeroLoss.Compute(ρw, ρl, beta)", @"1-\sigma(\beta\rho_w)+\sigma(\beta\rho_l)",
            "chosen answers are better than the policy's own", $"arXiv 2408.06266, equation 7; {Trl}, \"apo_zero\"", TrlGolden),
        Pair("APO-down", typeof(ApoDownLoss), "ApoDownLoss.Compute(ρw, ρl, beta)", @"\sigma(\beta\rho_w)+1-\sigma(\beta(\rho_w-\rho_l))",
            "chosen answers are worse than the policy's own", $"arXiv 2408.06266, equation 8; {Trl}, \"apo_down\"", TrlGolden),
        new("APO-zero, unpaired", typeof(KtoLoss), "KtoLoss.Compute(ρw, ρl, beta, baseline: 0)", @"1-\sigma(\beta\rho_w),\quad \sigma(\beta\rho_l)",
            "as APO-zero", Reference: true, Paired: false, "huggingface/trl f2cd577, trl/trainer/kto_trainer.py, \"apo_zero_unpaired\"", ["kto"]),
        new("KTO", typeof(KtoLoss), "KtoLoss.Compute(ρw, ρl, beta, baseline, desirableWeight, undesirableWeight)",
            @"w_D(1-\sigma(\beta(\rho_w-z))),\quad w_U(1-\sigma(\beta(z-\rho_l)))", "good and bad answers without pairs; mismatched answers of the batch estimate z",
            Reference: true, Paired: false, "arXiv 2402.01306, equation 7; huggingface/trl f2cd577, trl/trainer/kto_trainer.py; ContextualAI/HALOs 4831988, KTOTrainer",
            ["kto", "halos"]),
        new("AOT, unpaired", typeof(AotUnpairedLoss), "AotUnpairedLoss.Compute(ρw, ρl, beta)", @"-\log\sigma(\beta(\rho_{w,(i)}-\rho_{l,(i)}))",
            "large batches, as many chosen as rejected answers", Reference: true, Paired: false, $"arXiv 2406.05882; {Trl}, \"aot_unpaired\"", TrlGolden),
        Pair("MPO", typeof(MpoLoss), "MpoLoss.Compute(ρw, ρl, nll, beta)", @"0.8\,L_{DPO}+0.2\,L_{BCO}+\mathrm{NLL}(y_w)", "as its three parts",
            $"arXiv 2411.10442; {Trl}, loss_type [\"sigmoid\", \"bco_pair\", \"sft\"]", ["dpo-trl"]),
    ];
}
