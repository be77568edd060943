using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Figures;

namespace ResearchKit.Interactive;

/// <summary>Numbers, texts and short lists as plain text: the session's own form of a number is HTML with a style sheet.</summary>
internal static class PlainValues
{
    private const int MaxItems = 40;

    internal static void Register()
    {
        Formatter.SetPreferredMimeTypesFor(typeof(Enum), Formatters.Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(ITuple), Formatters.Plain);
        Scalar<bool>();
        Scalar<int>();
        Scalar<long>();
        Scalar<float>();
        Scalar<double>();
        Scalar<string>();
        List<bool>();
        List<int>();
        List<long>();
        List<float>();
        List<double>();
        List<string>();
    }

    internal static string Text<T>(T value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : Shortened.Text(value?.ToString() ?? "null");

    internal static string Items<T>(IReadOnlyList<T> values)
    {
        var shown = values.Take(MaxItems).Select(v => Text(v));
        var rest = values.Count > MaxItems ? FormattableString.Invariant($", ... {values.Count} in all") : "";
        return $"[{string.Join(", ", shown)}{rest}]";
    }

    private static void Scalar<T>() => Plain<T>(value => Text(value));

    private static void List<T>()
    {
        Plain<T[]>(values => Items(values));
        Plain<List<T>>(values => Items(values));
        Formatter.SetPreferredMimeTypesFor(typeof(IEnumerable<T>), Formatters.Plain);
    }

    private static void Plain<T>(Func<T, string> text)
    {
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), Formatters.Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(T), Formatters.Plain);
    }
}
