using System.Text.Json;

namespace ResearchKit.Tests.Golden;

/// <summary>|a−b| ≤ atol + rtol |b|, b the recorded number.</summary>
internal readonly record struct GoldenTolerance(double Relative, double Absolute)
{
    internal static GoldenTolerance Read(JsonElement element) => new(element.GetProperty("rtol").GetDouble(), element.GetProperty("atol").GetDouble());

    internal bool Holds(double actual, double expected) =>
        double.IsFinite(expected) ? Math.Abs(actual - expected) <= Absolute + Relative * Math.Abs(expected) : actual.Equals(expected);
}
