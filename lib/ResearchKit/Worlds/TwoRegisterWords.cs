namespace ResearchKit.Worlds;

/// <summary>The words of <see cref="TwoRegisterWorld"/>: each concept has two plain and two formal words, and a gloss (its name in capitals).</summary>
internal static class TwoRegisterWords
{
    internal const string Dictionary = "<dict>";

    internal static readonly string[] Topics = ["hotel", "cafe", "film", "phone", "school", "market", "train", "park", "doctor", "game", "book", "city"];
    internal static readonly string[] Hedges = ["perhaps", "rather", "really", "quite", "somehow", "indeed"];

    internal static readonly (string Gloss, string[] Plain, string[] Formal)[] Good =
    [
        ("CLEAN", ["clean", "spotless"], ["immaculate", "pristine"]), ("CALM", ["calm", "quiet"], ["tranquil", "serene"]),
        ("KIND", ["kind", "friendly"], ["gracious", "cordial"]), ("CHEAP", ["cheap", "low-priced"], ["economical", "affordable"]),
        ("FAST", ["fast", "quick"], ["rapid", "expeditious"]), ("BRIGHT", ["bright", "sunny"], ["luminous", "radiant"]),
        ("NEW", ["new", "fresh"], ["novel", "contemporary"]), ("TASTY", ["tasty", "yummy"], ["delectable", "savoury"]),
        ("SMART", ["smart", "clever"], ["ingenious", "astute"]), ("SAFE", ["safe", "harmless"], ["secure", "innocuous"]),
        ("STRONG", ["strong", "tough"], ["robust", "durable"]), ("FUNNY", ["funny", "jolly"], ["amusing", "humorous"]),
    ];

    internal static readonly (string Gloss, string[] Plain, string[] Formal)[] Bad =
    [
        ("DIRTY", ["dirty", "messy"], ["soiled", "squalid"]), ("LOUD", ["loud", "noisy"], ["clamorous", "boisterous"]),
        ("RUDE", ["rude", "mean"], ["insolent", "discourteous"]), ("DEAR", ["pricey", "steep"], ["exorbitant", "extravagant"]),
        ("SLOW", ["slow", "late"], ["sluggish", "tardy"]), ("DARK", ["dark", "dim"], ["sombre", "murky"]),
        ("OLD", ["old", "stale"], ["antiquated", "obsolete"]), ("BLAND", ["bland", "plain"], ["insipid", "flavourless"]),
        ("DULL", ["dull", "boring"], ["tedious", "monotonous"]), ("RISKY", ["risky", "unsafe"], ["hazardous", "perilous"]),
        ("WEAK", ["weak", "shaky"], ["feeble", "fragile"]), ("COLD", ["cold", "chilly"], ["frigid", "glacial"]),
    ];

    internal static IReadOnlyList<(string Gloss, string[] Plain, string[] Formal)> Concepts { get; } = [.. Good, .. Bad];

    internal static IReadOnlyList<string> All { get; } =
    [
        "<pad>", "<bos>", "<eos>", Dictionary, .. Topics, .. Hedges,
        .. Concepts.SelectMany(concept => concept.Plain), .. Concepts.SelectMany(concept => concept.Formal), .. Concepts.Select(concept => concept.Gloss),
    ];
}
