using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace ResearchKit.Tests.Interactive;

/// <summary>One output of a cell: its forms by MIME type, and whether it replaced an earlier one.</summary>
internal sealed record CellOutput(string Id, bool Update, IReadOnlyDictionary<string, string> Data);

/// <summary>The C# kernel in this process, as rk and the real kernel host it, with the settings given.</summary>
internal sealed class KernelSession : IDisposable
{
    /// <summary>The collection of all classes that start one: the settings are the process's, so one runs at a time.</summary>
    internal const string OneAtATime = "kernel sessions";

    private readonly CompositeKernel kernel;
    private readonly Dictionary<string, string?> before = [];

    internal KernelSession(IReadOnlyDictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
        {
            before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
        kernel = new CompositeKernel("test") { new CSharpKernel().UseKernelHelpers() };
        kernel.DefaultKernelName = "csharp";
    }

    internal IReadOnlyList<CellOutput> Run(string code)
    {
        var events = kernel.SendAsync(new SubmitCode(code)).GetAwaiter().GetResult().Events;
        if (events.OfType<CommandFailed>().FirstOrDefault() is { } failure) throw new InvalidOperationException(failure.Message);
        return Outputs(events);
    }

    /// <summary>Runs a cell and cancels it at the first update that <paramref name="when"/> takes; its failure's message comes with its outputs.</summary>
    internal (IReadOnlyList<CellOutput> Outputs, string? Failure) RunAndCancel(string code, Func<CellOutput, bool> when)
    {
        var cancelled = 0;
        using var watching = kernel.KernelEvents.Subscribe(happened =>
        {
            if (happened is DisplayedValueUpdated && Outputs([happened]).Any(when) && Interlocked.Exchange(ref cancelled, 1) == 0) _ = Task.Run(() => kernel.SendAsync(new Cancel()));
        });
        var events = kernel.SendAsync(new SubmitCode(code)).GetAwaiter().GetResult().Events;
        return (Outputs(events), events.OfType<CommandFailed>().FirstOrDefault()?.Message);
    }

    private static IReadOnlyList<CellOutput> Outputs(IEnumerable<KernelEvent> events)
    {
        return [.. events.OfType<DisplayEvent>()
            .Where(e => e is DisplayedValueProduced or DisplayedValueUpdated or ReturnValueProduced)
            .Select(e => new CellOutput(e.ValueId ?? "", e is DisplayedValueUpdated, e.FormattedValues.ToDictionary(f => f.MimeType, f => f.Value)))];
    }

    public void Dispose()
    {
        kernel.Dispose();
        foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
    }
}
