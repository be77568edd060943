using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>JSON as transformers' <c>tojson</c> writes it: json.dumps(ensure_ascii=False), keys in their order.</summary>
internal static class PythonJson
{
    internal static string Dump(JsonNode? value, int indent = 0)
    {
        var text = new StringBuilder();
        Write(text, value, indent, depth: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? value, int indent, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case JsonObject map:
                WriteItems(text, map, '{', '}', indent, depth, field =>
                {
                    WriteString(text, field.Key);
                    text.Append(": ");
                    Write(text, field.Value, indent, depth + 1);
                });
                break;
            case JsonArray list: WriteItems(text, list, '[', ']', indent, depth, item => Write(text, item, indent, depth + 1)); break;
            case JsonValue json when json.TryGetValue(out string? found): WriteString(text, found); break;
            case JsonValue json when json.TryGetValue(out bool flag): text.Append(flag ? "true" : "false"); break;
            default: text.Append(PythonText.Number(value.AsValue())); break;
        }
    }

    private static void WriteItems<T>(StringBuilder text, ICollection<T> items, char open, char close, int indent, int depth, Action<T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(indent > 0 ? "," : ", ");
            first = false;
            if (indent > 0) text.Append('\n').Append(' ', indent * (depth + 1));
            write(item);
        }
        if (indent > 0 && items.Count > 0) text.Append('\n').Append(' ', indent * depth);
        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
