using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A value from the command line as a C# literal of the parameter's type.</summary>
internal static class ParameterLiteral
{
    internal static string From(Parameter parameter, string value)
    {
        if (parameter.Type is not { } type)
        {
            throw new CliException($"-p {parameter.Name}={value}: the parameters cell does not say the type of {parameter.Name}. Declare it there as string, bool, int, long or double.");
        }
        var plain = type.TrimEnd('?');
        if (type.EndsWith('?') && value == "null") return "null";
        return Literal(plain, value) ?? throw new CliException($"-p {parameter.Name}={value}: {parameter.Name} is of type {type}, and \"{value}\" is not {Expected(plain)}.");
    }

    private static string? Literal(string type, string value) => type switch
    {
        "string" => SymbolDisplay.FormatLiteral(value, quote: true),
        "bool" => value is "true" or "false" ? value : null,
        "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? $"{number.ToString(CultureInfo.InvariantCulture)}L" : null,
        "double" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? $"{number.ToString("R", CultureInfo.InvariantCulture)}d" : null,
        _ => null,
    };

    private static string Expected(string type) => type switch
    {
        "bool" => "true or false",
        "int" => "a whole number between -2147483648 and 2147483647",
        "long" => "a whole number of 64 bits",
        "double" => "a number such as 0.5 or 1e-4",
        _ => "of a type that the command line can give (string, bool, int, long, double)",
    };
}
