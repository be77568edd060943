using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Running;

/// <summary>Where a notebook's long work stands, as the kit reports it; what it does not know is null.</summary>
internal sealed record KitProgress(string Title, double Step, double Total, double? Loss, double? Rate, double? RemainingSeconds, bool Done)
{
    internal static KitProgress? From(IReadOnlyDictionary<string, string>? data)
    {
        if (data is null || !data.TryGetValue(KitMimes.Progress, out var text)) return null;
        try
        {
            if (JsonNode.Parse(text) is not JsonObject json) return null;
            return new KitProgress(
                json["title"]?.ToString() ?? "",
                Number(json["step"]) ?? 0,
                Number(json["total"]) ?? 0,
                Number(json["loss"]),
                Number(json["rate"]),
                Number(json["remainingSeconds"]),
                json["done"] is JsonValue done && done.GetValueKind() == JsonValueKind.True);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? (double)value : null;
}
