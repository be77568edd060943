using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>Rewards of B preference pairs whose answers were each given a high and a low confidence, [B] each.</summary>
/// <param name="ChosenHigh">R(x, y_c, h).</param>
/// <param name="ChosenLow">R(x, y_c, l).</param>
/// <param name="RejectedHigh">R(x, y_r, h).</param>
/// <param name="RejectedLow">R(x, y_r, l).</param>
public sealed record ConfidenceRewards(Tensor ChosenHigh, Tensor ChosenLow, Tensor RejectedHigh, Tensor RejectedLow)
{
    internal void Check(params (Tensor? Value, string Name)[] others)
    {
        foreach (var (value, name) in new (Tensor?, string)[] { (ChosenLow, nameof(ChosenLow)), (RejectedHigh, nameof(RejectedHigh)), (RejectedLow, nameof(RejectedLow)) }.Concat(others))
        {
            if (value is null || value.shape.SequenceEqual(ChosenHigh.shape)) continue;
            throw new ArgumentException($"{name} has shape [{string.Join(',', value.shape)}], {nameof(ChosenHigh)} has [{string.Join(',', ChosenHigh.shape)}]: one reward per pair is expected in each");
        }
    }
}
