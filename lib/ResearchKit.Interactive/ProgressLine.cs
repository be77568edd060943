using System.Globalization;

namespace ResearchKit.Interactive;

/// <summary>How far one piece of work is.</summary>
internal sealed record ProgressLine(string Title, int Step, int Total, double? Loss, string? Note, double Seconds, bool Done)
{
    /// <summary>Steps that were done before the first report: a resumed run's rate is of its own steps.</summary>
    internal int Before { get; init; }

    internal double Share => Total > 0 ? Math.Clamp((double)Step / Total, 0, 1) : 0;

    internal double? Rate => Step > Before && Seconds > 0 ? (Step - Before) / Seconds : null;

    internal double? RemainingSeconds => Done ? 0 : Rate is { } rate ? Math.Max(0, Total - Step) / rate : null;

    /// <summary>
    /// Times, losses and remarks stand only in the text of running work: which seed reports last differs from run to
    /// run, and what is kept says the same at every run.
    /// </summary>
    internal string Text()
    {
        var steps = string.Create(CultureInfo.InvariantCulture, $"{(Done && Step < Total ? "stopped at " : "")}{Step} of {Total}");
        if (Done) return $"{Title}: {steps}";
        var loss = Loss is { } value ? string.Create(CultureInfo.InvariantCulture, $", loss {value:G4}") : "";
        var note = Note is { Length: > 0 } ? $", {Note}" : "";
        var left = RemainingSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", {seconds:F0} s left") : "";
        var speed = Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:G3} steps/s") : "";
        return $"{Title}: {steps}{loss}{note}{speed}{left}";
    }
}
