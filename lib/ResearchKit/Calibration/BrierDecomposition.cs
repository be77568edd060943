namespace ResearchKit.Calibration;

/// <summary>What a Brier score is made of.</summary>
/// <param name="Reliability">How far confidences are from the accuracies of their groups: 0 is perfect calibration.</param>
/// <param name="Resolution">How far the groups' accuracies are from the overall one: what the forecasts know; more is better.</param>
/// <param name="Uncertainty">ō (1 − ō) of the overall accuracy ō: what no forecast can change.</param>
/// <param name="Within">What forecasts that differ inside a group add, which may be negative; 0 where groups are distinct forecasts.</param>
public sealed record BrierDecomposition(double Reliability, double Resolution, double Uncertainty, double Within)
{
    /// <summary>The Brier score: reliability − resolution + uncertainty + within.</summary>
    public double Score => Reliability - Resolution + Uncertainty + Within;
}
