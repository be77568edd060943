using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace ResearchKit.Cli.Session;

/// <summary>.NET Interactive's C# engine from its packages; its events become <see cref="SessionEvent"/>s.</summary>
internal sealed class NotebookKernel : IDisposable
{
    private readonly CompositeKernel root;
    private readonly CSharpKernel csharp;
    private readonly AbortableCells cells = new();
    private readonly Action<SessionEvent> emit;

    internal NotebookKernel(Action<SessionEvent> emit)
    {
        this.emit = emit;
        csharp = new CSharpKernel();
        csharp.UseNugetDirective(
            (kernel, packages) =>
            {
                kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
                PackageExtensions.Load(kernel, packages);
                return Task.CompletedTask;
            },
            false);
        DebugInformation.Enable(csharp);
        // Front ends and diffs want a plain form beside the engine's HTML; a library's own choice for its types stands.
        Formatter.SetPreferredMimeTypesFor(typeof(object), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
        csharp.UseKernelHelpers().UseWho().UseValueSharing();
        cells.Attach(csharp);
        root = new CompositeKernel("rk") { csharp };
        root.DefaultKernelName = csharp.Name;
        root.UseImportMagicCommand();
        Input = new CellInput(emit);
        Input.Attach(root);
        CellConsole.Capture(emit);
    }

    internal CellInput Input { get; }

    /// <summary>Runs one cell to its end. Its events come one at a time and in order.</summary>
    internal async Task RunAsync(SessionRequest request)
    {
        var (cell, code) = (request.Cell, request.Code);
        var command = new SubmitCode(code);
        var diagnostics = new List<Diagnostic>();
        var (before, interrupted) = (csharp.ScriptState, (CellError?)null);
        CellConsole.Enter(cell);
        Input.Enter(request);
        cells.Begin();
        using (root.KernelEvents.Subscribe(happened =>
        {
            if (RootOf(happened.Command) != command) return;
            if (happened is DiagnosticsProduced produced) diagnostics.AddRange(produced.Diagnostics);
            if (EventTranslation.Translate(happened, cell, code, diagnostics) is not { } translated) return;
            // The engine reports at once, while the cell still ends: its own last word comes after.
            if (cells.Interrupted && translated.Error is { } error) interrupted = error;
            else emit(translated);
        }))
        {
            await root.SendAsync(command).ConfigureAwait(false);
            await cells.EndAsync().ConfigureAwait(false);
        }
        if (interrupted is not null)
        {
            var thrown = csharp.ScriptState is { } state && state != before ? state.Exception : null;
            emit(new SessionEvent(EventKind.Error, cell) { Error = CellErrors.Interrupted(interrupted, thrown) });
        }
        foreach (var warning in DiagnosticFilter.Warnings(diagnostics)) emit(new SessionEvent(EventKind.StandardError, cell) { Text = warning });
        emit(new SessionEvent(EventKind.Done, cell));
    }

    /// <summary>Tells what could stand at a place in the code, or what the word there is.</summary>
    internal async Task AnswerAsync(SessionRequest request)
    {
        var place = new LinePosition(request.Line, request.Character);
        LanguageServiceCommand command = request.Kind == RequestKind.Complete ? new RequestCompletions(request.Code, place) : new RequestHoverText(request.Code, place);
        var result = await root.SendAsync(command).ConfigureAwait(false);
        emit(request.Kind == RequestKind.Complete ? LanguageAnswers.Completions(result.Events, request.Cell) : LanguageAnswers.Explanation(result.Events, request.Cell));
    }

    /// <summary>Cancels the running cell; one that goes on is aborted.</summary>
    internal Task CancelAsync() => cells.InterruptAsync(() => root.SendAsync(new Cancel()));

    public void Dispose()
    {
        root.Dispose();
        cells.Dispose();
    }

    private static KernelCommand RootOf(KernelCommand command)
    {
        while (command.Parent is { } parent) command = parent;
        return command;
    }
}
