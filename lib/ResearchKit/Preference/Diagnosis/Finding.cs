namespace ResearchKit.Preference;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>The result is probably worse for it.</summary>
    Warning,

    /// <summary>The run should not be trusted, or not be continued, as it is.</summary>
    Severe,
}

/// <summary>Something that a run's curves show.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Evidence">The numbers that show it.</param>
/// <param name="Step">The step where it starts.</param>
/// <param name="Advice">What to try.</param>
/// <param name="Series">The series that prove it: draw these.</param>
public sealed record Finding(string Name, Severity Severity, string Evidence, int Step, string Advice, IReadOnlyList<string> Series);
