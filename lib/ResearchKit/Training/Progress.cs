namespace ResearchKit.Training;

/// <summary>Shows long work: an updating bar in a notebook or a terminal.</summary>
public interface IProgressSink
{
    /// <summary>Starts a bar; the caller disposes it when the work ends.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">Steps in all.</param>
    IProgressBar Start(string title, int total);
}

/// <summary>One piece of work that is shown.</summary>
public interface IProgressBar : IDisposable
{
    /// <summary>Tells how far the work is.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="loss">The latest loss, where there is one.</param>
    /// <param name="note">A short remark.</param>
    void Report(int step, double? loss = null, string? note = null);
}

/// <summary>Shows nothing; the default.</summary>
public sealed class SilentProgress : IProgressSink, IProgressBar
{
    private SilentProgress() { }

    /// <summary>The one instance.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public IProgressBar Start(string title, int total) => this;

    /// <inheritdoc/>
    public void Report(int step, double? loss = null, string? note = null) { }

    /// <inheritdoc/>
    public void Dispose() { }
}
