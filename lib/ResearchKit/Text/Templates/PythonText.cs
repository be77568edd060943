using System.Globalization;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>Text operations as Python does them, which the templates' golden texts depend on.</summary>
internal static class PythonText
{
    // str.strip's whitespace: not U+200B, U+FEFF, U+180E; but U+001C-001F and U+0085.
    private static readonly char[] Whitespace =
        [.. "\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"];

    internal static string Strip(string text) => text.Trim(Whitespace);

    /// <summary>Python's len: code points.</summary>
    internal static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>What <c>{{ value }}</c> prints.</summary>
    internal static string Print(JsonNode? value) =>
        value is JsonValue json && json.TryGetValue(out string? text) ? text : PythonRepr.Of(value);

    /// <summary>Python's truth: not null, false, zero or empty.</summary>
    internal static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        JsonValue json when json.TryGetValue(out bool flag) => flag,
        JsonValue json when json.TryGetValue(out string? text) => text.Length > 0,
        JsonValue json => Convert.ToDouble(Number(json), CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    /// <summary>A number as Python's json and repr write it: integers as they are, floats by the shortest repr (1.0, 1e-07).</summary>
    internal static string Number(JsonValue value)
    {
        var raw = value.ToJsonString();
        var isFloat = raw.AsSpan().ContainsAny('.', 'e', 'E');
        if (!isFloat) return raw == "-0" ? "0" : raw;
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0) return double.IsNegative(number) ? "-0.0" : "0.0";

        // The shortest digits that read back, d.ddd and an exponent, laid out by Python's rule.
        var parts = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            var shorter = number.ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) != number) continue;
            parts = shorter;
            break;
        }
        var mark = parts.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(parts[(mark + 1)..], CultureInfo.InvariantCulture);
        var digits = parts[..mark].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        var sign = number < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1) return $"{sign}{digits.PadRight(exponent + 1, '0')}.0";
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
