namespace ResearchKit.Preference;

public static partial class LossCatalogue
{
    private static LossEntry[] Shaped() =>
    [
        Pair("IPO, sums", typeof(IpoLoss), "IpoLoss.Compute(..., tau) or reduction: TokenReduction.Sum", @"(\rho_w-\rho_l-\frac1{2\tau})^2",
            "no Bradley-Terry model; τ is set for the answers' length",
            "arXiv 2310.12036, equation 17; eric-mitchell/direct-preference-optimization f8b8c0f, trainers.py", ["dpo-reference"]),
        Pair("IPO, means", typeof(IpoLoss), "IpoLoss.Compute(..., tau, TokenReduction.Mean)",
            @"(\rho_w/\lvert y_w\rvert-\rho_l/\lvert y_l\rvert-\frac1{2\tau})^2", "as above, whatever the length",
            $"{Trl}, \"ipo\"; ContextualAI/HALOs 4831988, IPOTrainer; reference-free in TRL's CPO trainer", [.. TrlGolden, "halos", "cpo"]),
        Pair("Hinge (RSO, SLiC-norm)", typeof(HingeLoss), "HingeLoss.Compute(ρw, ρl, beta)", @"\max(0,1-\beta(\rho_w-\rho_l))",
            "a margin of 1/β is enough", $"arXiv 2309.06657; {Trl}, \"hinge\"", [.. TrlGolden, "simpo", "cpo"]),
        Pair("EXO", typeof(ExoLoss), "ExoLoss.Compute(ρw, ρl, beta, labelSmoothing)",
            @"\mathrm{KL}(q\,\Vert\,(1-\varepsilon,\varepsilon)),\ q=\sigma(\beta(\rho_w-\rho_l))", "as conservative DPO, with the reverse KL to the label",
            $"arXiv 2402.00856, equation 16; {Trl}, \"exo_pair\"", TrlGolden),
        Pair("DiscoPOP", typeof(DiscoPopLoss), "DiscoPopLoss.Compute(ρw, ρl, beta, temperature)",
            @"(1-g)(-\log\sigma(z))+g\,e^{-z},\ g=\sigma(z/\kappa),\ z=\beta(\rho_w-\rho_l)",
            "β large enough that z leaves the basin below 0, where the slope has the wrong sign", $"arXiv 2406.08414, equation 5; {Trl}, \"discopop\"", TrlGolden),
        Pair("AOT", typeof(AotLoss), "AotLoss.Compute(..., beta)", @"-\log\sigma(\beta(m_{(i)}-m^{ref}_{(i)}))",
            "large batches: the order statistics stand for distributions", $"arXiv 2406.05882; {Trl}, \"aot\"", TrlGolden),
        Pair("f-DPO: forward KL", typeof(FDivergenceDpoLoss), "FDivergenceDpoLoss.Compute(ρw, ρl, beta, DivergenceKind.ForwardKl)",
            @"-\log\sigma(\beta(e^{-\rho_l}-e^{-\rho_w}))", "log-ratios stay small: the exponent is cut where it would overflow",
            $"arXiv 2309.16240; alecwangcq/f-divergence-dpo 07d9369, trainers.py; {Trl}", ["f-divergence", .. TrlGolden]),
        Pair("f-DPO: Jensen-Shannon", typeof(FDivergenceDpoLoss), "FDivergenceDpoLoss.Compute(ρw, ρl, beta, DivergenceKind.JensenShannon)",
            @"-\log\sigma(\beta(\log\sigma(\rho_w)-\log\sigma(\rho_l)))", "as DPO; rewards are bounded above",
            $"arXiv 2309.16240; alecwangcq/f-divergence-dpo 07d9369, trainers.py; {Trl}", ["f-divergence", .. TrlGolden]),
        Pair("f-DPO: alpha", typeof(FDivergenceDpoLoss), "FDivergenceDpoLoss.Compute(ρw, ρl, beta, DivergenceKind.Alpha, alpha)",
            @"-\log\sigma\!\left(\beta\frac{e^{(\alpha-1)\rho_w}-e^{(\alpha-1)\rho_l}}{\alpha-1}\right)", "as forward KL; α → 1 is DPO, α = 0 forward KL (the authors' α is 1 − this one)",
            $"arXiv 2309.16240; alecwangcq/f-divergence-dpo 07d9369, trainers.py; {Trl}", ["f-divergence", "dpo-trl"]),
        Pair("χPO", typeof(ChiPoLoss), "ChiPoLoss.Compute(ρw, ρl, beta, rewardBound)",
            @"-\log\sigma(\mathrm{clip}_{2R}[\beta\phi(e^{\rho_w})-\beta\phi(e^{\rho_l})]),\ \phi(u)=u+\log u", "rewards are bounded by R", "arXiv 2407.13399, algorithm 1", []),
        new("Tie label (Crome)", typeof(TieLoss), "TieLoss.Compute(first, second, label)", @"-y\log\sigma(\Delta)-(1-y)\log\sigma(-\Delta),\ y\in\{0,\tfrac12,1\}",
            "pairs that are known to be equally good", Reference: false, Paired: true, "arXiv 2506.16507", []),
    ];
}
