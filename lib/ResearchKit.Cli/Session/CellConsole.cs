using System.Text;
using Microsoft.DotNet.Interactive.Utility;

namespace ResearchKit.Cli.Session;

/// <summary>
/// What cells print, told under the cell that printed it: also from a thread that outlives its cell, whose prints the
/// engine's own capture loses.
/// </summary>
internal static class CellConsole
{
    private static readonly AsyncLocal<int> Cell = new();
    private static int latest;

    internal static void Capture(Action<SessionEvent> emit)
    {
        // The engine swaps the console when its first subscriber comes and swaps it back after its last: this one stays.
        ConsoleOutput.Subscribe(_ => Disposable.None);
        Console.SetOut(new Writer(EventKind.StandardOutput, emit));
        Console.SetError(new Writer(EventKind.StandardError, emit));
    }

    /// <summary>Names the cell that this flow of execution, and every thread it starts, prints for.</summary>
    internal static void Enter(int cell) => Cell.Value = latest = cell;

    private sealed class Writer(EventKind kind, Action<SessionEvent> emit) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value) => Tell(value.ToString());

        public override void Write(string? value) => Tell(value ?? "");

        public override void Write(char[] buffer, int index, int count) => Tell(new string(buffer, index, count));

        public override void WriteLine(string? value) => Tell(value + "\n");

        private void Tell(string text)
        {
            if (text.Length > 0) emit(new SessionEvent(kind, Cell.Value == 0 ? latest : Cell.Value) { Text = text });
        }
    }

    private sealed class Disposable : IDisposable
    {
        internal static IDisposable None { get; } = new Disposable();

        public void Dispose()
        {
        }
    }
}
