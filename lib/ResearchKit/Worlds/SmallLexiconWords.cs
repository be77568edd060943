namespace ResearchKit.Worlds;

/// <summary>A small valence list of our own for children's stories, on AFINN's scale.</summary>
internal static class SmallLexiconWords
{
    private static readonly string[] Delight = ["love", "loved", "joy", "wonderful", "amazing", "beautiful", "laughed", "hugged", "won"];
    private static readonly string[] Good = ["happy", "fun", "nice", "good", "great", "smile", "smiled", "kind", "friend", "friends", "proud", "excited", "best", "thank", "thanked", "safe"];
    private static readonly string[] Mild = ["like", "liked", "help", "helped", "play", "played", "pretty", "warm", "share", "shared", "yes"];
    private static readonly string[] Dull = ["no", "lost", "dark", "alone", "tired", "stop", "stopped", "cold"];
    private static readonly string[] Bad = ["sad", "cry", "cried", "angry", "mad", "scared", "afraid", "hurt", "bad", "broke", "broken", "sorry", "worried", "upset"];
    private static readonly string[] Dire = ["hate", "hated", "terrible", "awful", "dead", "died", "kill", "fight", "monster"];

    internal static IEnumerable<KeyValuePair<string, double>> All { get; } =
        [.. At(4, Delight), .. At(3, Good), .. At(1, Mild), .. At(-1, Dull), .. At(-3, Bad), .. At(-4, Dire)];

    private static IEnumerable<KeyValuePair<string, double>> At(double score, string[] words) => words.Select(word => KeyValuePair.Create(word, score));
}
