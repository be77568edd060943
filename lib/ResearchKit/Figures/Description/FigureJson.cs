using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResearchKit.Figures;

/// <summary>The one form in which a figure crosses into the assembly that draws it.</summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new SevenDigits() },
    };

    internal static string Write(Figure figure) => JsonSerializer.Serialize(figure, Options);

    internal static Figure Read(string json) =>
        JsonSerializer.Deserialize<Figure>(json, Options) ?? throw new JsonException("a figure's description is null");

    // No eye sees an eighth digit; without it, files are smaller and the last bits of a sum do not show in a diff.
    private sealed class SevenDigits : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override bool HandleNull => true;

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
            else writer.WriteNullValue();
        }
    }
}
