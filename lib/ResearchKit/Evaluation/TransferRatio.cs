namespace ResearchKit.Evaluation;

/// <summary>How much of a drop seen in training's cell is found in another: 1 is full transfer, 0 none.</summary>
public static class TransferRatio
{
    /// <summary>(base − after) in the unseen cell over (base − after) in the seen cell; NaN where nothing fell in the seen cell.</summary>
    public static double Of(double unseenBase, double unseenAfter, double seenBase, double seenAfter) =>
        seenBase - seenAfter is var drop && drop > 0 ? (unseenBase - unseenAfter) / drop : double.NaN;
}
