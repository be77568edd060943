namespace ResearchKit.Worlds;

/// <summary>The words of <see cref="DialogueWorld"/>.</summary>
internal static class DialogueWords
{
    internal static readonly string[] Topics =
        ["bread", "cake", "guitar", "piano", "chess", "poker", "tennis", "rowing", "roses", "tomatoes", "trains", "ferries"];

    /// <summary>What is asked about a topic, and the word by which an answer shows that it understood; 2i and 2i+1 are easily mistaken for each other.</summary>
    internal static readonly string[] Requests = ["cost", "wage", "duration", "age"];
    internal static readonly string[] Kinds = ["coins", "pay", "hours", "years"];

    /// <summary>What an answer says that did not understand, and one that does not know.</summary>
    internal const string Vague = "something", Unsure = "unsure";

    internal static readonly string[] Values = [.. Enumerable.Range(1, 16).Select(i => $"v{i}")];

    /// <summary>The form that is asked for, and what shows that it is kept; a short answer shows it by its length.</summary>
    internal static readonly string[] Constraints = ["short", "bulleted", "illustrated", "formal", "summarised"];
    internal static readonly string[] Markers = ["*", "example", "therefore", "overall"];

    internal static readonly string[] Engaging = ["imagine", "?"];
    internal const string Filler = "well";

    /// <summary>Pleased and displeased reactions by category; most words stand on both sides.</summary>
    internal static readonly (string Name, string[] Positive, string[] Negative)[] Reactions =
    [
        ("understanding",
            ["that is what i asked", "you got my question", "yes i asked about that", "my question was not missed"],
            ["that is not what i asked", "you missed my question", "i asked about what then", "my question was not answered"]),
        ("correctness",
            ["that is right", "you are not wrong", "i checked and yes", "what you say is true"],
            ["that is not right", "you are wrong", "i checked and no", "what you say is not so"]),
        ("following",
            ["just as i wanted", "you did it my way", "the form is right", "i wanted it that way"],
            ["not as i wanted", "you did it your way", "the form is wrong", "i wanted it another way"]),
        ("engagingness",
            ["that is fun", "what a story", "not dull at all", "i want more"],
            ["that is dull", "what a bore", "not fun at all", "i want no more"]),
    ];

    internal static IReadOnlyList<string> All { get; } =
    [
        "<pad>", "<bos>", "<eos>", "<user>", "<bot>", "please", "now", "ask", "me", "next", "about",
        .. Topics, .. Requests, .. Kinds, Vague, .. Values, Unsure, .. Constraints, .. Markers, .. Engaging, Filler,
        .. Reactions.SelectMany(set => set.Positive.Concat(set.Negative)).SelectMany(text => text.Split(' ')).Distinct().Except(["about"]),
    ];
}
