using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Linting;

/// <summary>Paths that are true on one machine only.</summary>
internal static partial class MachinePaths
{
    internal static IEnumerable<string> In(string text) => Pattern().Matches(text).Select(match => match.Value).Distinct();

    // A path of an address (https://host/home/...) has a letter before it and is none.
    [GeneratedRegex(@"(?<![\w./~-])/(home|root|work|tmp|Users)(?=[/\s""'`]|$)[^\s""'`<>)]*|[A-Za-z]:\\{1,2}Users\\[^\s""'`<>]*")]
    private static partial Regex Pattern();
}
