namespace ResearchKit.Cli.Running;

/// <summary>How a notebook that uses the kit speaks to whoever runs it.</summary>
internal static class KitMimes
{
    internal const string Record = "application/vnd.researchkit.run+json";

    internal const string Progress = "application/vnd.researchkit.progress+json";

    internal const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>In the text/html of the set-up cell's output that embeds plotly.js.</summary>
    internal const string PlotlyMark = "data-researchkit=\"plotly.js\"";

    /// <summary>What the saved notebook holds in that output's place.</summary>
    internal const string PlotlyNote = "plotly.js loaded (kept out of the saved notebook)";
}
