using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>A loss of (ρ_w, ρ_l, β) with what is known about it on paper.</summary>
/// <param name="Compute">The loss.</param>
/// <param name="AtZero">Its value at ρ_w = ρ_l = 0.</param>
/// <param name="Slopes">Its slopes in ρ_w and ρ_l there.</param>
/// <param name="MarginOnly">It sees ρ_w − ρ_l alone.</param>
/// <param name="Monotone">It never rewards a lower chosen or a higher rejected log-ratio.</param>
/// <param name="Vanishes">As β goes to 0 it forgets the answers: its value goes to the one at zero.</param>
internal sealed record PairLossCase(
    Func<Tensor, Tensor, double, PreferenceLoss> Compute, Func<double, double> AtZero, Func<double, (double Chosen, double Rejected)> Slopes,
    bool MarginOnly, bool Monotone, bool Vanishes);

/// <summary>The pairwise losses over log-ratios, with the values and slopes of the survey's tables A and B.</summary>
internal static class PairLossCases
{
    private const double Epsilon = 0.1;
    private const double Kappa = 0.05;
    private static readonly double Log2 = Math.Log(2);

    internal static readonly Dictionary<string, PairLossCase> All = new()
    {
        ["DPO"] = Margin((w, l, b) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), b), _ => Log2, b => -b / 2, monotone: true),
        ["cDPO"] = Margin((w, l, b) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), b, Epsilon), _ => Log2, b => -b * (1 - 2 * Epsilon) / 2, monotone: false),
        ["robust DPO"] = Margin((w, l, b) => RobustDpoLoss.Compute(w, l, b, Epsilon), _ => Log2, b => -b / (2 * (1 - 2 * Epsilon)), monotone: true),
        ["IPO"] = Margin(
            (w, l, b) => IpoLoss.Compute(w, l, ones_like(w), ones_like(l), b, TokenReduction.Sum), b => 1 / (4 * b * b), b => -1 / b, monotone: false, vanishes: false),
        ["hinge"] = Margin(HingeLoss.Compute, _ => 1, b => -b, monotone: true),
        ["EXO"] = Margin(
            (w, l, b) => ExoLoss.Compute(w, l, b, Epsilon), _ => -Log2 - 0.5 * Math.Log(Epsilon * (1 - Epsilon)), b => -b / 4 * Math.Log((1 - Epsilon) / Epsilon), monotone: false),
        ["DiscoPOP"] = Margin(
            (w, l, b) => DiscoPopLoss.Compute(w, l, b, Kappa), _ => (Log2 + 1) / 2, b => b * (-0.75 + (1 - Log2) / (4 * Kappa)), monotone: false),
        ["soft label"] = Margin((w, l, b) => SoftLabelDpoLoss.Compute(w, l, full_like(w, 0.8), b), _ => Log2, b => -0.3 * b, monotone: false),
        ["ODPO"] = Margin((w, l, b) => OdpoLoss.Compute(w, l, full_like(w, Math.E), b, 1), _ => Math.Log(1 + Math.E), b => -b / (1 + Math.Exp(-1)), monotone: true),
        ["R-DPO"] = Margin((w, l, b) => LengthRegularizedDpoLoss.Compute(w, l, full_like(w, 7), full_like(l, 7), b, 0.3), _ => Log2, b => -b / 2, monotone: true),
        ["LN-DPO"] = Margin((w, l, b) => LengthNormalizedDpoLoss.Compute(w, l, full_like(w, 4), full_like(l, 4), b), _ => Log2, b => -b / 8, monotone: true),
        ["WPO"] = Margin((w, l, b) => WpoLoss.Compute(w, l, full_like(w, 0.5), b), _ => Log2 / 2, b => -b / 4, monotone: true),
        ["TDPO1"] = Margin(Tdpo(TdpoVariant.Tdpo1), _ => Log2, b => -b / 2, monotone: true),
        ["TDPO2"] = Margin(Tdpo(TdpoVariant.Tdpo2), _ => Log2, b => -b / 2, monotone: true),
        ["f-DPO forward KL"] = Other(Divergent(DivergenceKind.ForwardKl), _ => Log2, b => (-b / 2, b / 2), monotone: true),
        ["f-DPO Jensen-Shannon"] = Other(Divergent(DivergenceKind.JensenShannon), _ => Log2, b => (-b / 4, b / 4), monotone: true),
        ["f-DPO alpha"] = Other(Divergent(DivergenceKind.Alpha), _ => Log2, b => (-b / 2, b / 2), monotone: true),
        ["χPO"] = Other((w, l, b) => ChiPoLoss.Compute(w, l, b), _ => Log2, b => (-b, b), monotone: true),
        ["DPOP"] = Other((w, l, b) => DpopLoss.Compute(w, l, b, 5), _ => Log2, b => (-b / 2, b / 2), monotone: true),
        ["DPO-Shift"] = Other((w, l, b) => DpoShiftLoss.Compute(w, l, b, 0.9), _ => Log2, b => (-b / 2, 0.9 * b / 2), monotone: true),
        ["NCA"] = Other(NcaLoss.Compute, _ => 2 * Log2, b => (-b / 4, b / 4), monotone: false),
        ["BCO pairs"] = Other(BcoPairLoss.Compute, _ => 2 * Log2, b => (-b / 2, b / 2), monotone: true),
        ["SPPO"] = Other((w, l, b) => SppoLoss.Compute(w, l, b), b => 1 / (2 * b * b), b => (-1 / b, 1 / b), monotone: false, vanishes: false),
        ["Cal-DPO"] = Other(CalDpoLoss.Compute, b => Log2 + 1 / (2 * b * b), b => (-0.5 - 1 / b, 0.5 + 1 / b), monotone: false, vanishes: false),
        ["APO-zero"] = Other(ApoZeroLoss.Compute, _ => 1, b => (-b / 4, b / 4), monotone: true),
        ["APO-down"] = Other(ApoDownLoss.Compute, _ => 1, b => (0, b / 4), monotone: false),
        ["MPO"] = Other((w, l, b) => MpoLoss.Compute(w, l, zeros_like(w), b), _ => 1.2 * Log2, b => (-b / 2, b / 2), monotone: true),
        ["RPO"] = Other((w, l, b) => RpoLoss.Compute(w, l, zeros_like(w), b, 1), _ => Log2, b => (-b / 2, b / 2), monotone: true),
    };

    private static Func<Tensor, Tensor, double, PreferenceLoss> Divergent(DivergenceKind kind) => (w, l, b) => FDivergenceDpoLoss.Compute(w, l, b, kind);

    // Equal sequential KLs: they cancel.
    private static Func<Tensor, Tensor, double, PreferenceLoss> Tdpo(TdpoVariant variant) =>
        (w, l, b) => TdpoLoss.Compute(w, l, full_like(w, 0.5), full_like(l, 0.5), b, 0.5, variant);

    private static PairLossCase Margin(
        Func<Tensor, Tensor, double, PreferenceLoss> compute, Func<double, double> atZero, Func<double, double> slope, bool monotone, bool vanishes = true) =>
        new(compute, atZero, beta => (slope(beta), -slope(beta)), MarginOnly: true, monotone, vanishes);

    private static PairLossCase Other(
        Func<Tensor, Tensor, double, PreferenceLoss> compute, Func<double, double> atZero, Func<double, (double, double)> slopes, bool monotone, bool vanishes = true) =>
        new(compute, atZero, slopes, MarginOnly: false, monotone, vanishes);
}
