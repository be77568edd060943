using System.Threading.Channels;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace ResearchKit.Cli.Session;

/// <summary>What cells ask of their reader: Console.ReadLine and .NET Interactive's GetInputAsync.</summary>
internal sealed class CellInput(Action<SessionEvent> emit) : TextReader
{
    private readonly Channel<string?> answers = Channel.CreateUnbounded<string?>();
    private volatile SessionRequest? cell;

    internal void Attach(CompositeKernel root)
    {
        Console.SetIn(this);
        root.RegisterCommandHandler<RequestInput>(AnswerAsync);
    }

    internal void Enter(SessionRequest running) => cell = running;

    internal void Answer(string? text) => answers.Writer.TryWrite(text);

    /// <summary>A line, or null (the end of the input) where nobody can be asked.</summary>
    public override string? ReadLine() => AskAsync("", password: false).AsTask().GetAwaiter().GetResult();

    public override int Read() => -1;

    private async Task AnswerAsync(RequestInput request, KernelInvocationContext context)
    {
        if (await AskAsync(request.Prompt, request.IsPassword).ConfigureAwait(false) is { } text) context.Publish(new InputProduced(text, request));
        else context.Fail(request, message: "This front end asks its reader for nothing: give the value in a parameters cell.");
    }

    private async ValueTask<string?> AskAsync(string prompt, bool password)
    {
        if (cell is not { AllowInput: true } asking) return null;
        while (answers.Reader.TryRead(out _))
        {
            // An answer to a question that was interrupted.
        }
        emit(new SessionEvent(EventKind.InputRequested, asking.Cell) { Text = prompt, Password = password });
        return await answers.Reader.ReadAsync(KernelInvocationContext.Current?.CancellationToken ?? CancellationToken.None).ConfigureAwait(false);
    }
}
