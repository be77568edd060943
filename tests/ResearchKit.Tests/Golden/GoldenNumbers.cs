using System.Text.Json;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>A recorded tensor, a number as a tensor without dimensions, or a table of named numbers as a row in their order.</summary>
internal sealed record GoldenNumbers(long[] Shape, string Type, double[] Values)
{
    internal static GoldenNumbers Read(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Number or JsonValueKind.String) return new([], "float64", [Number(element)]);
        if (!element.TryGetProperty("shape", out _))
        {
            double[] row = [.. element.EnumerateObject().Select(entry => Number(entry.Value))];
            return new([row.Length], "float64", row);
        }
        var shape = element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var values = element.GetProperty("data").EnumerateArray().Select(Number).ToArray();
        if (values.Length != shape.Aggregate(1L, (product, size) => product * size))
        {
            throw new InvalidDataException($"a tensor of shape [{string.Join(',', shape)}] holds {values.Length} numbers");
        }
        return new(shape, element.GetProperty("dtype").GetString()!, values);
    }

    /// <summary>The same numbers as a tensor: integers and bools as int64, all else in its own precision.</summary>
    internal Tensor ToTensor() => Type switch
    {
        "float64" => tensor(Values, Shape),
        "float32" => tensor(Values, Shape).to_type(ScalarType.Float32),
        "int64" or "bool" => tensor([.. Values.Select(value => (long)value)], Shape),
        _ => throw new InvalidDataException($"golden tensors of type '{Type}' are not read yet"),
    };

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var other => throw new InvalidDataException($"'{other}' is no number; expected nan, inf or -inf"),
        },
        _ => throw new InvalidDataException($"expected a number, found {element.ValueKind}"),
    };
}
