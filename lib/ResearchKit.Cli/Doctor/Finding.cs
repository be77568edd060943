namespace ResearchKit.Cli.Doctor;

internal enum FindingKind
{
    Ok,
    Optional,
    Problem,
}

/// <summary>One line of rk doctor; what is missing or wrong says how to mend it.</summary>
internal sealed record Finding(FindingKind Kind, string Subject, string Text, string Mend = "")
{
    internal static Finding Ok(string subject, string text) => new(FindingKind.Ok, subject, text);

    internal static Finding Optional(string subject, string text, string mend) => new(FindingKind.Optional, subject, text, mend);

    internal static Finding Problem(string subject, string text, string mend) => new(FindingKind.Problem, subject, text, mend);
}
