using System.Reflection;
using ResearchKit.Figures;
using TorchSharp;

namespace ResearchKit.Interactive;

/// <summary>The versions that a run's record names.</summary>
internal static class Versions
{
    internal static IReadOnlyDictionary<string, string> Of() => new Dictionary<string, string>
    {
        ["dotnet"] = Environment.Version.ToString(),
        ["researchkit"] = Name(typeof(Figure).Assembly),
        ["torchsharp"] = Name(typeof(torch).Assembly),
    };

    private static string Name(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
