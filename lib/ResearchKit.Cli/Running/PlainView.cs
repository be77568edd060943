using System.Globalization;

namespace ResearchKit.Cli.Running;

/// <summary>One line a cell, for logs and pipes.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    public void CellStarted(CellPosition cell)
    {
    }

    public void Progress(KitProgress progress)
    {
    }

    public void CellFinished(CellPosition cell, TimeSpan elapsed, bool failed)
    {
        var seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        output.WriteLine($"[{cell.Number}/{cell.Total}] {(failed ? "FAILED" : "ok")} {seconds,6} s  {cell.Heading}");
    }

    public void Dispose() => output.Flush();
}
