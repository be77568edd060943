namespace ResearchKit.Worlds;

/// <summary>The 63 words of <see cref="AttributeWorld"/>; praise and blame run from the weakest to the strongest.</summary>
internal static class AttributeWords
{
    internal static readonly string[] Topics =
        ["kettle", "jacket", "bicycle", "lamp", "novel", "hotel", "phone", "garden", "bakery", "train", "museum", "camera"];
    internal static readonly string[] Praise =
        ["fine", "neat", "handy", "solid", "pleasant", "sturdy", "charming", "clever", "delightful", "excellent", "superb", "flawless"];
    internal static readonly string[] Blame =
        ["plain", "dull", "clumsy", "flimsy", "annoying", "shabby", "tedious", "broken", "awful", "dreadful", "horrible", "useless"];
    internal static readonly string[] Hedges =
    [
        "maybe", "rather", "somewhat", "perhaps", "arguably", "possibly", "apparently", "seemingly", "mostly", "partly", "generally", "usually",
        "basically", "literally", "actually", "really", "honestly", "frankly", "simply", "just", "quite", "fairly", "also", "indeed",
    ];

    internal static IReadOnlyList<string> All { get; } = ["<pad>", "<bos>", "<eos>", .. Topics, .. Praise, .. Blame, .. Hedges];
}
