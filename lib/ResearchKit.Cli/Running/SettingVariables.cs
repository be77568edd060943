using System.Globalization;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Running;

/// <summary>The command line's settings as the RESEARCHKIT_* variables that the kit reads; what was not given stays unset.</summary>
internal static class SettingVariables
{
    internal static IReadOnlyDictionary<string, string> From(Checkout checkout, RunOptions options)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RESEARCHKIT_HOST"] = "rk",
            ["RESEARCHKIT_ROOT"] = checkout.Root,
            ["RESEARCHKIT_OUT"] = options.OutFolder,
            ["RESEARCHKIT_CWD"] = Checkout.CallerFolder,
        };
        void Set(string name, string? value)
        {
            if (value is not null) variables[name] = value;
        }
        Set("RESEARCHKIT_SCALE", options.Scale);
        Set("RESEARCHKIT_SEED", options.Seed?.ToString(CultureInfo.InvariantCulture));
        Set("RESEARCHKIT_DEVICE", options.Device);
        Set("RESEARCHKIT_THREADS", options.Threads?.ToString(CultureInfo.InvariantCulture));
        return variables;
    }
}
