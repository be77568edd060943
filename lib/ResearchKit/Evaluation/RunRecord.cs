using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ResearchKit.Evaluation;

/// <summary>
/// What a notebook's run leaves behind, &lt;slug&gt;.&lt;scale&gt;.json: everything that is needed to judge its claims again.
/// <see cref="RunRecordJson"/> writes and reads it.
/// </summary>
public sealed record RunRecord
{
    /// <summary>The notebook's file name without extension.</summary>
    public required string Slug { get; init; }

    /// <summary>smoke, workshop or paper.</summary>
    public required string Scale { get; init; }

    /// <summary>The seed that all others are derived from.</summary>
    public required long MasterSeed { get; init; }

    /// <summary>The seeds that the arms ran on; per-seed values follow this order.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>The declared claims with their outcomes.</summary>
    public required IReadOnlyList<ClaimRecord> Claims { get; init; }

    /// <summary>The tables that the notebook showed.</summary>
    public required IReadOnlyList<TableRecord> Tables { get; init; }

    /// <summary>Hyper-parameters and other settings by name; written in ordinal order of the names.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Configuration { get; init; }

    /// <summary>Versions of the kit, the runtime and the libraries by name; written in ordinal order of the names.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Where tensors lived: cpu or cuda:N.</summary>
    public required string Device { get; init; }

    /// <summary>Torch threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Wall time of the run in seconds; 0 until the runner fills it in.</summary>
    public double WallSeconds { get; init; }

    /// <summary>SHA-256 of the notebook that ran, in lower-case hex; empty until the runner fills it in.</summary>
    public string NotebookSha256 { get; init; } = "";

    /// <summary>The exercises' self-checks.</summary>
    public IReadOnlyList<ExerciseRecord> Exercises { get; init; } = [];
}

/// <summary>A claim and its outcome as recorded.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Statement">The claim in a sentence.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Treatment">The arm the claim is about.</param>
/// <param name="Baseline">The arm it was compared with.</param>
/// <param name="Direction">higher or lower.</param>
/// <param name="PaperEffect">The paper's own effect.</param>
/// <param name="Effect">Mean of treatment minus baseline; NaN where the claim was not judged.</param>
/// <param name="Interval">The effect's 95 % interval, [low, high].</param>
/// <param name="IntervalMethod">How the interval was made.</param>
/// <param name="PerSeed">The values behind it.</param>
/// <param name="Verdict">reproduced, not reproduced, inconclusive; "not judged" for a claim that was declared and then left.</param>
public sealed record ClaimRecord(
    string Id, string Statement, string Metric, string Treatment, string Baseline, string Direction, string PaperEffect,
    double Effect, IReadOnlyList<double> Interval, string IntervalMethod, PerSeedRecord PerSeed, string Verdict)
{
    /// <summary>The claim's margin; written only where it is not 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Margin { get; init; }

    /// <summary>The record of a result.</summary>
    public static ClaimRecord Of(ClaimResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var claim = result.Claim;
        return new ClaimRecord(
            claim.Id, claim.Statement, claim.Metric, claim.Treatment, claim.Baseline, claim.Direction is Evaluation.Direction.Higher ? "higher" : "lower", claim.PaperEffect,
            result.Effect, [result.Interval.Low, result.Interval.High], result.Interval.Method,
            new PerSeedRecord(result.Treatment, result.Baseline), result.Verdict.Text()) { Margin = claim.Margin };
    }
}

/// <summary>A metric per seed, both arms on the same seeds in the same order.</summary>
/// <param name="Treatment">The treatment's values.</param>
/// <param name="Baseline">The baseline's values.</param>
public sealed record PerSeedRecord(IReadOnlyList<double> Treatment, IReadOnlyList<double> Baseline);

/// <summary>A table that the notebook showed.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Columns">The heads.</param>
/// <param name="Rows">Rows of cells as shown.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record TableRecord(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Source);

/// <summary>An exercise's self-check.</summary>
/// <param name="Id">The exercise's letter.</param>
/// <param name="Passed">Whether the check held.</param>
public sealed record ExerciseRecord(string Id, bool Passed);
