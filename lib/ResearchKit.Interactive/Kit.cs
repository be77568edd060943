using ResearchKit.Figures;
using ResearchKit.Runtime;

namespace ResearchKit.Interactive;

/// <summary>The line that starts a notebook: <c>var run = Kit.Start("tdpo");</c></summary>
public static class Kit
{
    /// <summary>
    /// Loads libtorch, reads the settings, teaches the session how figures, tables, tensors and verdicts look, puts
    /// plotly.js onto the page and opens the run's record. Call it before anything touches TorchSharp.
    /// </summary>
    /// <param name="slug">The notebook's file name without extension.</param>
    /// <exception cref="SettingsException">A setting is unknown or impossible.</exception>
    /// <exception cref="NativeLoadException">libtorch cannot be loaded.</exception>
    public static NotebookRun Start(string slug)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(slug);
        var environment = KitEnvironment.Load();
        NativeTorch.Load(environment.Threads);
        var run = new NotebookRun(slug, environment, Devices.Pick(environment.Device), Session.UnderRk);
        Formatters.Register(judged: run.Judged);
        FirstFigure.Prepare();
        Session.Display(new PageScript(PlotlyScript.Element(environment.Plotly)));
        Session.Display(run);
        return run;
    }

    /// <summary>
    /// Clears what the running cell has shown so far, in rk run and in the kit's Jupyter kernel. The real .NET
    /// Interactive kernel knows no such message: there the outputs stay.
    /// </summary>
    /// <param name="wait">True clears only when the next output comes, so that what is redrawn in a loop does not flicker.</param>
    public static void ClearOutput(bool wait = false) => Session.Clear(wait);

    /// <summary>What is in force on this machine, line by line, for `rk doctor`; a fault is a line, never an exception.</summary>
    public static IReadOnlyList<string> Report() => KitReport.Lines();
}
