using System.Globalization;
using System.Text.Json.Nodes;
using Apache.Arrow;

namespace ResearchKit.Data.Formats;

/// <summary>One value of an Arrow column as JSON.</summary>
internal static class ArrowValue
{
    internal static JsonNode? Of(IArrowArray array, int index)
    {
        if (array.IsNull(index)) return null;
        return array switch
        {
            StringArray texts => JsonValue.Create(texts.GetString(index)),
            LargeStringArray texts => JsonValue.Create(texts.GetString(index)),
            StringViewArray texts => JsonValue.Create(texts.GetString(index)),
            BooleanArray flags => JsonValue.Create(flags.GetValue(index)),
            Int8Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            Int16Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            Int32Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            Int64Array numbers => JsonValue.Create(numbers.GetValue(index)),
            UInt8Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            UInt16Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            UInt32Array numbers => JsonValue.Create((long)numbers.GetValue(index)!.Value),
            FloatArray numbers => JsonNode.Parse(Number(numbers.GetValue(index)!.Value)),
            DoubleArray numbers => JsonNode.Parse(Number(numbers.GetValue(index)!.Value)),
            DictionaryArray entries => Of(entries.Dictionary, checked((int)(long)Of(entries.Indices, index)!)),
            StructArray fields => Object(fields, index),
            ListArray lists => List(lists.GetSlicedValues(index)),
            LargeListArray lists => List(lists.GetSlicedValues(index)),
            FixedSizeListArray lists => List(lists.GetSlicedValues(index)),
            // A type that no record holds (dates, decimals, bytes) is named, so that an error can say what it found.
            _ => new JsonObject { ["arrow type"] = array.Data.DataType.Name },
        };
    }

    // JSON has no infinities; as text they are refused where a number is wanted.
    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : $"\"{value.ToString(CultureInfo.InvariantCulture)}\"";

    private static JsonObject Object(StructArray fields, int index)
    {
        // A struct has every field of its type: a null there is a field that the JSON form would lack.
        var type = (Apache.Arrow.Types.StructType)fields.Data.DataType;
        return new JsonObject(type.Fields
            .Select((field, i) => KeyValuePair.Create(field.Name, Of(fields.Fields[i], index)))
            .Where(field => field.Value is not null));
    }

    private static JsonArray List(IArrowArray values) => new([.. Enumerable.Range(0, values.Length).Select(i => Of(values, i))]);
}
