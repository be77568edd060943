namespace ResearchKit.Cli.Running;

/// <summary>One run of one notebook, as the command line asked for it.</summary>
internal sealed record RunOptions(string Slug)
{
    internal string? Scale { get; init; }

    internal long? Seed { get; init; }

    internal string? Device { get; init; }

    internal int? Threads { get; init; }

    internal TimeSpan? Timeout { get; init; }

    internal bool Solutions { get; init; }

    /// <summary>Whether figures get static pictures in the executed notebook.</summary>
    internal bool Pictures { get; init; }

    internal required string OutFolder { get; init; }

    /// <summary>name=value, as given with -p.</summary>
    internal IReadOnlyList<string> Parameters { get; init; } = [];
}
