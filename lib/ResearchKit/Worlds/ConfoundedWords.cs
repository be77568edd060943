namespace ResearchKit.Worlds;

/// <summary>The 46 words of <see cref="ConfoundedWorld"/>.</summary>
internal static class ConfoundedWords
{
    internal const string Polite = "please", Bullet = "*", Confident = "certainly";

    internal static readonly string[] Topics =
        ["fox", "oak", "tin", "rye", "yak", "elm", "zinc", "oat"];

    // Two words for each topic, either of which an answer may begin with.
    internal static readonly string[] Subjects =
    [
        "foxes", "vixens", "oaks", "acorns", "tins", "cans", "ryes", "rye-grass", "yaks", "cattle", "elms", "elmwood",
        "zincs", "galvanised", "oats", "oatmeal",
    ];

    internal static readonly string[] Keys = ["size", "colour", "origin", "use"];
    internal static readonly string[] Values = ["small", "large", "dark", "pale", "near", "far"];
    internal static readonly string[] Filler = ["indeed", "generally", "moreover", "overall", "basically", "notably"];

    internal static IReadOnlyList<string> All { get; } =
        ["<pad>", "<bos>", "<eos>", .. Topics, .. Subjects, .. Keys, .. Values, Polite, Bullet, Confident, .. Filler];
}
