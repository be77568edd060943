using System.Diagnostics.CodeAnalysis;
using ResearchKit.Figures;
using ResearchKit.Runtime;

namespace ResearchKit.Interactive;

/// <summary>The kit's part of `rk doctor`.</summary>
internal static class KitReport
{
    internal static IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        KitEnvironment? environment = null;
        Part(lines, "settings", () =>
        {
            environment = KitEnvironment.Load();
            return environment.Settings.Select(s => $"{s.Key} = {(s.Value.Length == 0 ? "(none)" : s.Value)} ({s.Origin})");
        });
        Part(lines, "libtorch", () =>
        {
            var native = NativeTorch.Load(environment?.Threads ?? 0);
            return
            [
                native.Cured ? "loads, through a private copy of the bridge adapted to this system's older libstdc++" : "loads",
                $"torch threads: {native.Threads}; OMP_WAIT_POLICY {native.WaitPolicy}; malloc {Malloc(native)}",
                Devices.Describe(),
            ];
        });
        Part(lines, "device", () => [$"{Devices.Pick(environment?.Device ?? "auto")}"]);
        Part(lines, "figures", () => [$"Plotly.NET loads; plotly.js {PlotlyBridge.ScriptVersion() ?? "is not in it"}, {(environment?.Plotly.Source ?? PlotlySource.Embedded).ToString().ToLowerInvariant()}"]);
        return lines;
    }

    private static string Malloc(NativeReport native) =>
        Environment.GetEnvironmentVariable("LD_PRELOAD") is { Length: > 0 } first ? $"after {first}" : native.MallocTuned ? "tuned" : "as the system has it";

    [SuppressMessage("Design", "CA1031", Justification = "a report names every fault and goes on")]
    private static void Part(List<string> lines, string name, Func<IEnumerable<string>> part)
    {
        try
        {
            lines.AddRange(part().Select(line => $"{name}: {line}"));
        }
        catch (Exception error)
        {
            lines.Add($"{name}: FAULT: {error.Message}");
        }
    }
}
