using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Files;

/// <summary>Where runs are written: --out, RESEARCHKIT_OUT, environment.json's folders.results, out/.</summary>
internal static class OutFolder
{
    internal static string Of(Checkout checkout, string? option)
    {
        if (option is not null) return Path.GetFullPath(option, Checkout.CallerFolder);
        var named = Environment.GetEnvironmentVariable("RESEARCHKIT_OUT") is { Length: > 0 } variable ? variable : FromEnvironmentJson(checkout);
        return named is null ? checkout.Out : Path.GetFullPath(named, checkout.Root);
    }

    // The kit checks the file and names its faults when the notebook starts: here a fault only means the default.
    private static string? FromEnvironmentJson(Checkout checkout)
    {
        var path = Path.Combine(checkout.Root, "environment.json");
        if (!File.Exists(path)) return null;
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return ((JsonNode.Parse(File.ReadAllText(path), documentOptions: options) as JsonObject)?["folders"] as JsonObject)?["results"] is JsonValue value && value.TryGetValue(out string? folder) && folder.Length > 0 ? folder : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
