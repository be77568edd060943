using System.Text;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>A cell's prints: those close together become one message, and a flood is cut with a word.</summary>
internal sealed class OutputStream(Action<EventKind, string> publish)
{
    internal const int Limit = 10_000_000;
    private const int Enough = 64_000;

    private readonly StringBuilder pending = new();
    private EventKind kind;
    private int total;

    internal bool IsFull => pending.Length >= Enough;

    internal void Add(SessionEvent printed)
    {
        if (printed.Kind != kind) Flush();
        kind = printed.Kind;
        var room = Limit - total;
        if (room <= 0) return;
        var text = printed.Text!;
        total += text.Length;
        pending.Append(text.Length <= room ? text : text[..room]);
        if (total < Limit) return;
        Flush();
        publish(EventKind.StandardError, $"\nThe cell printed more than {Limit / 1_000_000} million characters: the rest is not shown. Print less, or write it to a file.\n");
    }

    internal void Flush()
    {
        if (pending.Length == 0) return;
        publish(kind, pending.ToString());
        pending.Clear();
    }
}
