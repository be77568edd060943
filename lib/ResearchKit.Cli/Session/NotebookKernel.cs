using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace ResearchKit.Cli.Session;

/// <summary>.NET Interactive's C# engine from its packages; its events become <see cref="SessionEvent"/>s.</summary>
internal sealed class NotebookKernel : IDisposable
{
    private readonly CompositeKernel root;

    internal NotebookKernel()
    {
        var csharp = new CSharpKernel();
        csharp.UseNugetDirective(
            (kernel, packages) =>
            {
                kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
                PackageExtensions.Load(kernel, packages);
                return Task.CompletedTask;
            },
            false);
        DebugInformation.Enable(csharp);
        csharp.UseKernelHelpers().UseWho().UseValueSharing();
        root = new CompositeKernel("rk") { csharp };
        root.DefaultKernelName = csharp.Name;
        root.UseImportMagicCommand();
    }

    /// <summary>Runs one cell to its end. The events come on the engine's threads, one at a time and in order.</summary>
    internal async Task RunAsync(int cell, string code, Action<SessionEvent> emit)
    {
        var command = new SubmitCode(code);
        var diagnostics = new List<Diagnostic>();
        using (root.KernelEvents.Subscribe(happened =>
        {
            if (RootOf(happened.Command) != command) return;
            if (happened is DiagnosticsProduced produced) diagnostics.AddRange(produced.Diagnostics);
            if (EventTranslation.Translate(happened, cell, code, diagnostics) is { } translated) emit(translated);
        }))
        {
            await root.SendAsync(command).ConfigureAwait(false);
        }
        foreach (var warning in DiagnosticFilter.Warnings(diagnostics)) emit(new SessionEvent(EventKind.StandardError, cell) { Text = warning });
        emit(new SessionEvent(EventKind.Done, cell));
    }

    internal Task CancelAsync() => root.SendAsync(new Cancel());

    public void Dispose() => root.Dispose();

    private static KernelCommand RootOf(KernelCommand command)
    {
        while (command.Parent is { } parent) command = parent;
        return command;
    }
}
