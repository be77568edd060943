using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Doctor;

/// <summary>The tool Microsoft.dotnet-interactive as `dotnet tool restore` leaves it in the package cache.</summary>
internal static class DotnetInteractiveTool
{
    /// <summary>The folder of the pinned version, or null where it is not restored.</summary>
    internal static string? Find(Checkout checkout)
    {
        var manifest = Path.Combine(checkout.Root, ".config", "dotnet-tools.json");
        if (!File.Exists(manifest)) return null;
        var version = JsonNode.Parse(File.ReadAllText(manifest))?["tools"]?["microsoft.dotnet-interactive"]?["version"]?.ToString();
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var path = Path.Combine(packages, "microsoft.dotnet-interactive", version ?? "");
        return version is not null && File.Exists(App(path)) ? path : null;
    }

    internal static string App(string folder) => Path.Combine(folder, "tools", "net10.0", "any", "Microsoft.DotNet.Interactive.App.dll");
}
