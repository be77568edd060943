using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>Forms of a value that are JSON: notebooks and front ends want them as objects, the engine gives text.</summary>
internal static class MimeJson
{
    internal static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    internal static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
