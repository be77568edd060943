namespace ResearchKit.Runtime;

/// <summary>Where a notebook's plotly.js comes from.</summary>
public enum PlotlySource
{
    /// <summary>Written into the notebook's page once, from the kit's own build: works offline.</summary>
    Embedded,

    /// <summary>Written in from a file, the one that plotly.path names.</summary>
    File,

    /// <summary>Loaded from an address, plotly.path or cdn.plot.ly.</summary>
    Cdn,
}

/// <summary>The setting plotly.</summary>
/// <param name="Source">Where plotly.js comes from.</param>
/// <param name="Path">The file, or the address; empty for the default.</param>
public sealed record PlotlySettings(PlotlySource Source, string Path);
