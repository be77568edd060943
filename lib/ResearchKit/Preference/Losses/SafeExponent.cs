using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>Exponentials of log-ratios that stay finite.</summary>
internal static class SafeExponent
{
    // float32 overflows above e^88.7, float64 above e^709.8; TRL cuts its float32 alpha divergence at 80 as well.
    internal static Tensor Of(Tensor exponent) => exponent.clamp_max(exponent.dtype is ScalarType.Float64 ? 700 : 80).exp();
}
