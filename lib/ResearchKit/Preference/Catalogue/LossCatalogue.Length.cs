namespace ResearchKit.Preference;

public static partial class LossCatalogue
{
    private const string Tdpo = "arXiv 2404.11999; Vance0124/Token-level-Direct-Preference-Optimization 2a736ec, trainers.py, tdpo_loss";

    private static LossEntry[] LengthAndTokens() =>
    [
        Pair("R-DPO (length-regularised)", typeof(LengthRegularizedDpoLoss), "LengthRegularizedDpoLoss.Compute(ρw, ρl, |yw|, |yl|, beta, alpha)",
            @"-\log\sigma(\beta(\rho_w-\rho_l)+\alpha(\lvert y_w\rvert-\lvert y_l\rvert))", "length is preferred without being better", "arXiv 2403.19159", []),
        Pair("LN-DPO (length-normalised)", typeof(LengthNormalizedDpoLoss), "LengthNormalizedDpoLoss.Compute(ρw, ρl, |yw|, |yl|, beta)",
            @"-\log\sigma(\beta(\rho_w/\lvert y_w\rvert-\rho_l/\lvert y_l\rvert))", "as DPO per token; β is larger by about the length",
            $"arXiv 2411.15124; {Trl}, \"sigmoid_norm\"", TrlGolden),
        Pair("LD-DPO (length-desensitised)", typeof(LengthDesensitizedDpoLoss), "LengthDesensitizedDpoLoss.Compute(per token, masks, beta, alpha)",
            @"-\log\sigma(\beta(\tilde\rho_w-\tilde\rho_l)),\ \tilde\rho=\sum_{t\le n}\rho_t+\alpha\sum_{t>n}\rho_t,\ n=\min(\lvert y_w\rvert,\lvert y_l\rvert)",
            "what lies beyond the shorter answer's length matters less", $"arXiv 2409.06411; {Trl}, ld_alpha", ["dpo-trl"]),
        Pair("SamPO", typeof(SamPoLoss), "SamPoLoss.Compute(per token, masks, beta, generator)",
            @"-\log\sigma(\beta\sum_{t\in S_w}\rho_{w,t}-\beta\sum_{t\in S_l}\rho_{l,t}),\ \lvert S\rvert=\min(\lvert y_w\rvert,\lvert y_l\rvert)",
            "tokens are exchangeable enough to be sampled", "arXiv 2406.10957", []),
        Pair("D2PO (temporal decay)", typeof(TemporalDecayDpoLoss), "TemporalDecayDpoLoss.Compute(per token, masks, beta, gamma)",
            @"-\log\sigma(\beta\sum_t\gamma^t\rho_{w,t}-\beta\sum_t\gamma^t\rho_{l,t})", "earlier tokens decide the preference", "arXiv 2502.14340", []),
        Pair("TDPO1", typeof(TdpoLoss), "TdpoLoss.Compute(ρw, ρl, Dw, Dl, beta, alpha, TdpoVariant.Tdpo1)",
            @"-\log\sigma(\beta(\rho_w-\rho_l-(D_l-D_w)))", "logits of both models, for the sequential KL", Tdpo, ["tdpo"]),
        Pair("TDPO2", typeof(TdpoLoss), "TdpoLoss.Compute(ρw, ρl, Dw, Dl, beta, alpha, TdpoVariant.Tdpo2)",
            @"-\log\sigma(\beta(\rho_w-\rho_l-\alpha(D_l-\mathrm{sg}[D_w])))", "logits of both models, for the sequential KL", Tdpo, ["tdpo"]),
    ];
}
