using ResearchKit.Runtime;

namespace ResearchKit.Evaluation;

/// <summary>Which way a claim says that the treatment differs from the baseline.</summary>
public enum Direction
{
    /// <summary>The treatment's metric is higher.</summary>
    Higher,

    /// <summary>The treatment's metric is lower.</summary>
    Lower,
}

/// <summary>What a paper says, written down before anything is trained.</summary>
/// <param name="Id">Short name, unique in its sheet, such as C1.</param>
/// <param name="Statement">The claim in a sentence.</param>
/// <param name="Metric">What is measured, with its unit.</param>
/// <param name="Treatment">The arm the claim is about.</param>
/// <param name="Baseline">The arm it is compared with.</param>
/// <param name="Direction">Which way the treatment is said to differ.</param>
/// <param name="PaperEffect">The paper's own effect, in words or numbers, with where it stands.</param>
/// <param name="Margin">
/// By how much, in the metric's unit: the claimed side is effect &gt; margin for Higher and effect &lt; −margin for
/// Lower. 0 asks for any difference; a negative margin asks that the treatment is not worse by more than that.
/// </param>
public sealed record Claim(
    string Id, string Statement, string Metric, string Treatment, string Baseline, Direction Direction, string PaperEffect, double Margin = 0);

/// <summary>What the seeds say about a claim.</summary>
public enum Verdict
{
    /// <summary>Declared, and not judged (yet).</summary>
    NotJudged,

    /// <summary>The interval lies wholly on the claimed side of the threshold.</summary>
    Reproduced,

    /// <summary>The interval lies wholly on the other side.</summary>
    NotReproduced,

    /// <summary>The interval holds the threshold.</summary>
    Inconclusive,
}

/// <summary>A claim with its outcome.</summary>
/// <param name="Claim">The claim as declared.</param>
/// <param name="Effect">Mean over seeds of treatment minus baseline, never turned round: a confirmed Lower claim has a negative effect. NaN when not judged.</param>
/// <param name="Interval">95 % interval of the effect, the same way round; NaN ends when not judged.</param>
/// <param name="Treatment">The treatment's metric per seed.</param>
/// <param name="Baseline">The baseline's metric per seed, same seeds in the same order.</param>
/// <param name="Verdict">What follows.</param>
public sealed record ClaimResult(
    Claim Claim, double Effect, Interval Interval, IReadOnlyList<double> Treatment, IReadOnlyList<double> Baseline, Verdict Verdict);

/// <summary>A claim was declared or judged against the rules; the message names the claim.</summary>
public sealed class ClaimException(string message) : KitException(message);
