namespace ResearchKit.Preference;

/// <summary>The library's preference losses, by what they look at.</summary>
public static partial class LossCatalogue
{
    private const string Trl = "huggingface/trl f2cd577, trl/trainer/dpo_trainer.py";
    private static readonly string[] TrlGolden = ["dpo-trl", "dpo-trl-extreme"];

    /// <summary>Losses of the pair's margin ρ_w − ρ_l (or of one like it) alone.</summary>
    public static IReadOnlyList<LossEntry> Margin { get; } = [.. Logistic(), .. Shaped(), .. LengthAndTokens()];

    /// <summary>Losses that tell raising the chosen answer from lowering the rejected one.</summary>
    public static IReadOnlyList<LossEntry> Absolute { get; } = AbsoluteLosses();

    /// <summary>Losses without a reference model.</summary>
    public static IReadOnlyList<LossEntry> ReferenceFree { get; } = ReferenceFreeLosses();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LossEntry> All { get; } = [.. Margin, .. Absolute, .. ReferenceFree];

    private static LossEntry Pair(string name, Type routine, string call, string equation, string assumes, string source, string[] golden) =>
        new(name, routine, call, equation, assumes, Reference: true, Paired: true, source, golden);
}
