namespace ResearchKit.Worlds;

/// <summary>The words of <see cref="InstructionWorld"/>.</summary>
internal static class InstructionWords
{
    internal static readonly string[] Domains = ["law", "medicine", "travel", "cooking", "sport", "music", "coding", "history"];
    internal static readonly string[] Topics = ["contract", "fever", "harbour", "stew", "relay", "sonata", "parser", "siege"];
    // In InstructionRule's order, then in InstructionQuality's.
    internal static readonly string[] Rules = ["use-bullets", "no-bullets", "be-short", "say-safety", "not-safety", "end-summary"];
    internal static readonly string[] Qualities = ["Q:defined", "Q:evidence", "Q:answer-first", "Q:hedged", "Q:polite", "Q:step", "Q:example", "Q:objection"];
    internal static readonly string[] Rich = ["splendid", "profound", "nuanced", "vivid"];
    internal static readonly string[] Filler = ["well", "so", "now", "then", "thus", "also", "there", "here", "again", "still"];

    internal const string Bullet = "-", Safety = "safety", Summary = "in-sum", Evidence = "[1]", Opening = "answer:", Hedge = "perhaps",
        Please = "please", Step = "therefore", Example = "e.g.", Definition = "i.e.", Objection = "however", Separator = "|", Met = "ok", Failed = "no", First = "A", Second = "B";

    internal static IReadOnlyList<string> All { get; } =
    [
        .. Domains, .. Topics, .. Rules, .. Qualities, .. Rich, .. Filler,
        Bullet, Safety, Summary, Evidence, Opening, Hedge, Please, Step, Example, Definition, Objection, Separator, Met, Failed, First, Second,
    ];
}
