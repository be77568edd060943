using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResearchKit.Runtime;

/// <summary>What a setting is called, what it may be, and what it is when nobody says.</summary>
internal sealed partial record SettingKey(string Name, string Variable, JsonValueKind Kind, string Default, string Allowed, Func<string, bool> Accepts)
{
    internal static readonly IReadOnlyList<SettingKey> All =
    [
        Text("scale", "RESEARCHKIT_SCALE", "workshop", "smoke, workshop or paper", v => Enum.GetNames<Scale>().Contains(v, StringComparer.OrdinalIgnoreCase)),
        Text("device", "RESEARCHKIT_DEVICE", "auto", "auto, cpu, cuda or cuda:N", v => DeviceName().IsMatch(v)),
        Whole("threads", "RESEARCHKIT_THREADS", 0, 0, 1024, "a whole number from 0 to 1024 (0: all cores)"),
        Whole("seeds.master", "RESEARCHKIT_SEED", 1, 0, long.MaxValue, "a whole number, 0 or more"),
        Folder("folders.datasets", "RESEARCHKIT_DATASETS", "datasets"),
        Folder("folders.models", "RESEARCHKIT_MODELS", "models"),
        Folder("folders.results", "RESEARCHKIT_OUT", "out"),
        Folder("folders.caches", "RESEARCHKIT_CACHES", "out/caches"),
        Text("plotly.source", "RESEARCHKIT_PLOTLY_SOURCE", "embedded", "embedded, file or cdn", v => Enum.GetNames<PlotlySource>().Contains(v, StringComparer.OrdinalIgnoreCase)),
        Text("plotly.path", "RESEARCHKIT_PLOTLY_PATH", "", "a file (plotly.source file), an address (plotly.source cdn) or nothing", v => !v.Contains('\0', StringComparison.Ordinal)),
    ];

    /// <summary>The key of that name.</summary>
    /// <exception cref="SettingsException">There is none; the message lists those there are.</exception>
    internal static SettingKey Find(string name, string where) => All.FirstOrDefault(k => k.Name == name)
        ?? throw new SettingsException($"{where}: unknown key '{name}'; known are {string.Join(", ", All.Select(k => k.Name))}.");

    private static SettingKey Text(string name, string variable, string value, string allowed, Func<string, bool> accepts) =>
        new(name, variable, JsonValueKind.String, value, allowed, accepts);

    private static SettingKey Whole(string name, string variable, long value, long low, long high, string allowed) =>
        new(name, variable, JsonValueKind.Number, value.ToString(CultureInfo.InvariantCulture), allowed,
            v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= low && n <= high);

    private static SettingKey Folder(string name, string variable, string value) =>
        Text(name, variable, value, "a folder, relative to the checkout's root or absolute", v => v.Trim().Length > 0 && !v.Contains('\0', StringComparison.Ordinal));

    [GeneratedRegex(@"\A(auto|cpu|cuda(:\d{1,3})?)\z")]
    private static partial Regex DeviceName();
}
