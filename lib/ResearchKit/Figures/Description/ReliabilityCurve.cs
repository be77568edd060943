namespace ResearchKit.Figures;

/// <summary>How often a model was right at each confidence.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Confidence">Mean confidence of each bin, 0 to 1.</param>
/// <param name="Accuracy">Share of right answers in each bin, 0 to 1; NaN in an empty bin.</param>
/// <param name="Counts">How many answers fell into each bin.</param>
/// <param name="Low">Lower ends of the accuracies' intervals, or null.</param>
/// <param name="High">Upper ends of the accuracies' intervals, or null.</param>
public sealed record ReliabilityCurve(
    string Name, double[] Confidence, double[] Accuracy, int[] Counts, double[]? Low = null, double[]? High = null);
