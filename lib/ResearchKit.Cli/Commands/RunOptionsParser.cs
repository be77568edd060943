using System.Globalization;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Commands;

/// <summary>Checks what was typed; each error names the option, the value and what is expected.</summary>
internal static class RunOptionsParser
{
    private static readonly string[] Scales = ["smoke", "workshop", "paper"];

    internal static RunOptions Parse(RunSettings settings, Checkout checkout) => new(settings.Slug)
    {
        Scale = settings.Scale is null || Scales.Contains(settings.Scale) ? settings.Scale : throw Bad("--scale", settings.Scale, "smoke, workshop or paper"),
        Seed = Whole("--seed", settings.Seed, 0, long.MaxValue),
        Device = settings.Device,
        Threads = (int?)Whole("--threads", settings.Threads, 1, 4096),
        Timeout = Seconds(settings.Timeout),
        Solutions = settings.Solutions,
        Pictures = settings.Pictures,
        OutFolder = Files.OutFolder.Of(checkout, settings.Out),
        Parameters = settings.Parameters,
    };

    private static long? Whole(string option, string? value, long low, long high)
    {
        if (value is null) return null;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high) return number;
        throw Bad(option, value, $"a whole number from {low} to {high}");
    }

    private static TimeSpan? Seconds(string? value)
    {
        if (value is null) return null;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= 2_000_000) return TimeSpan.FromSeconds(seconds);
        throw Bad("--timeout", value, "a number of seconds above 0");
    }

    private static CliException Bad(string option, string value, string expected) => new($"{option} {value}: expected {expected}.");
}
