using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>The cells of this kernel's life, as front ends ask for them.</summary>
internal sealed class KernelHistory
{
    private const int Session = 1;

    private readonly List<Entry> entries = [];

    internal void Add(int number, string code) => entries.Add(new Entry(number, code, null));

    internal void SetOutput(string output) => entries[^1] = entries[^1] with { Output = output };

    internal JsonObject Reply(JupyterMessage request)
    {
        IReadOnlyList<Entry> found = request.Text("hist_access_type") switch
        {
            "tail" => [.. entries.TakeLast(request.Number("n", 10))],
            "range" => Range(request.Number("session", 0), request.Number("start", 0), request.Number("stop", int.MaxValue)),
            "search" => Search(request.Content["pattern"]?.ToString() ?? "*", request.Flag("unique", false), request.Number("n", int.MaxValue)),
            _ => [],
        };
        var output = request.Flag("output", false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(entry => new JsonArray(Session, entry.Number, output ? new JsonArray(entry.Code, entry.Output) : entry.Code))]),
        };
    }

    // Session 0 is the running one, -1 the one before it: there is none.
    private List<Entry> Range(int session, int start, int stop) =>
        session is 0 or Session ? [.. entries.Where(entry => entry.Number >= start && entry.Number < stop)] : [];

    private List<Entry> Search(string pattern, bool unique, int count)
    {
        var found = entries.Where(entry => FileSystemName.MatchesSimpleExpression(pattern, entry.Code, ignoreCase: false));
        if (unique) found = found.GroupBy(entry => entry.Code, StringComparer.Ordinal).Select(group => group.Last());
        return [.. found.TakeLast(count)];
    }

    private sealed record Entry(int Number, string Code, string? Output);
}
