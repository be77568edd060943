using ResearchKit.Figures;

namespace ResearchKit.Interactive;

/// <summary>
/// Draws a figure that nobody sees, beside the set-up cell: what the first figure of a session costs beyond a later one
/// (loading Plotly.NET and F#, compiling what they call) is then paid before the user asks for it.
/// </summary>
internal static class FirstFigure
{
    internal static void Prepare() => new Thread(() =>
    {
        try
        {
            Draw();
        }
        catch (Exception)
        {
            // Nothing is lost: the first figure that is shown meets the same fault in its own cell.
        }
    })
    { IsBackground = true, Name = "first figure", Priority = ThreadPriority.BelowNormal }.Start();

    // Past the formatters: they would count the figure and give its series a colour.
    internal static string Draw() => PlotlyBridge.Json(Chart.Curves("first", new Axis("x"), new Axis("y"), [new Curve("y", [0, 1], [0, 1], [0, 1], [0, 1])]));
}
