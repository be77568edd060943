namespace ResearchKit.Cli.Running;

/// <summary>What a person sees while a notebook runs.</summary>
internal interface IRunView : IDisposable
{
    void CellStarted(CellPosition cell);

    void Progress(KitProgress progress);

    void CellFinished(CellPosition cell, TimeSpan elapsed, bool failed);
}

/// <summary>The n-th of m code cells, under the heading that stands above it.</summary>
internal sealed record CellPosition(int Number, int Total, string Heading);
