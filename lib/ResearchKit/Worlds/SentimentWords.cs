namespace ResearchKit.Worlds;

/// <summary>The 64 words of <see cref="SentimentWorld"/>; adjectives run from the weakest to the strongest.</summary>
internal static class SentimentWords
{
    internal static readonly string[] Topics = ["movie", "plot", "cast", "music", "ending", "script", "pacing", "camera"];
    internal static readonly string[] Joins = ["and", "but"];
    internal static readonly string[] Fillers = ["really", "quite", "simply", "just", "honestly", "clearly", "often", "frankly"];
    internal static readonly string[] Positive =
    [
        "decent", "nice", "pleasant", "likeable", "good", "warm", "clever", "funny",
        "moving", "great", "lovely", "gripping", "wonderful", "superb", "brilliant", "perfect",
    ];
    internal static readonly string[] Negative =
    [
        "bland", "slow", "weak", "clumsy", "bad", "cold", "silly", "boring",
        "tedious", "poor", "ugly", "annoying", "terrible", "dreadful", "awful", "horrible",
    ];
    internal static readonly string[] Neutral = ["long", "short", "modern", "old", "loud", "quiet", "foreign", "local"];

    internal static IReadOnlyList<string> All { get; } =
        ["<pad>", "<bos>", "<eos>", .. Topics, "is", "not", "very", .. Joins, .. Fillers, .. Positive, .. Negative, .. Neutral];
}
