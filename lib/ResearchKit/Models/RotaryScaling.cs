namespace ResearchKit.Models;

/// <summary>How rotary frequencies are changed for contexts longer than the model was first trained on.</summary>
public abstract record RotaryScaling
{
    /// <summary>The scaled inverse frequency.</summary>
    internal abstract double Apply(double inverseFrequency);
}

/// <summary>Position interpolation (Chen et al. 2023): every frequency is divided by the factor.</summary>
/// <param name="Factor">How many times longer the context is.</param>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    internal override double Apply(double inverseFrequency) => inverseFrequency / Factor;
}

/// <summary>
/// Llama 3's scaling: wavelengths below OriginalMaxPositions / HighFrequencyFactor stay, those above
/// OriginalMaxPositions / LowFrequencyFactor are divided by the factor, the band between is interpolated
/// (transformers, modeling_rope_utils.py, _compute_llama3_parameters).
/// </summary>
/// <param name="Factor">How many times longer the context is.</param>
/// <param name="LowFrequencyFactor">Where full scaling begins.</param>
/// <param name="HighFrequencyFactor">Where scaling ends.</param>
/// <param name="OriginalMaxPositions">The context length of the first training.</param>
public sealed record Llama3RotaryScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalMaxPositions) : RotaryScaling
{
    internal override double Apply(double inverseFrequency)
    {
        var wavelength = 2 * Math.PI / inverseFrequency;
        if (wavelength < OriginalMaxPositions / HighFrequencyFactor) return inverseFrequency;
        if (wavelength > OriginalMaxPositions / LowFrequencyFactor) return inverseFrequency / Factor;
        var smooth = (OriginalMaxPositions / wavelength - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return (1 - smooth) * inverseFrequency / Factor + smooth * inverseFrequency;
    }
}
