namespace ResearchKit.Models;

/// <summary>The shape of a low-rank adapter.</summary>
public sealed record LoraOptions
{
    /// <summary>The rank r of the update.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The update is scaled by alpha / r.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>The projections that get an adapter, by the last part of their name, such as q_proj, v_proj or c_attn.</summary>
    public required IReadOnlyList<string> TargetModules { get; init; }

    /// <summary>alpha / r.</summary>
    internal double Scale => Alpha / Rank;
}
