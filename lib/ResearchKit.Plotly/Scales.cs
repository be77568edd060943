namespace ResearchKit.Plotly;

/// <summary>Colour scales of heat maps: light to dark in one hue, and blue to red through near-white with zero in the middle.</summary>
internal static class Scales
{
    internal static readonly object[][] Sequential = [[0.0, "#f1f6fb"], [0.25, "#c3d9ec"], [0.5, "#7fb2d6"], [0.75, "#2f7fbc"], [1.0, "#08306b"]];

    internal static readonly object[][] Diverging = [[0.0, "#2166ac"], [0.25, "#92c5de"], [0.5, "#f7f7f7"], [0.75, "#f4a582"], [1.0, "#b2182b"]];
}
