using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// log(1 − e^x) for x &lt; 0 without cancellation: two forms that meet at −ln 2 (Mächler 2012). Official code:
/// huggingface/trl f2cd577, trl/experimental/orpo/orpo_trainer.py, log1mexp.
/// </summary>
public static class Log1mExp
{
    /// <summary>log(1 − e^x).</summary>
    /// <param name="x">Logarithms of probabilities, any shape; above −ε of the element type they count as −ε, without gradient, so that a certain answer stays finite.</param>
    public static Tensor Of(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var below = x.clamp_max(x.dtype is ScalarType.Float64 ? -2.220446049250313e-16 : -1.1920929e-7);
        return where(below < -Math.Log(2), (-below.exp()).log1p(), (-below.expm1()).log()).MoveToOuterDisposeScope();
    }
}
