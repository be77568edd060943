using System.Text.Json.Nodes;

namespace ResearchKit.Data;

/// <summary>A row in one of TRL's dataset formats.</summary>
public interface IDatasetRecord
{
    /// <summary>The row under TRL's column names.</summary>
    JsonObject ToJson();
}

/// <summary>Two answers to a prompt, one preferred (TRL's preference format with an explicit prompt).</summary>
/// <param name="Prompt">What both answer.</param>
/// <param name="Chosen">The preferred answer.</param>
/// <param name="Rejected">The other answer.</param>
public sealed record PreferenceRecord(Passage Prompt, Passage Chosen, Passage Rejected) : IDatasetRecord
{
    /// <inheritdoc/>
    public JsonObject ToJson() => new() { ["prompt"] = Prompt.ToJson(), ["chosen"] = Chosen.ToJson(), ["rejected"] = Rejected.ToJson() };
}

/// <summary>A prompt alone (TRL's prompt-only format).</summary>
/// <param name="Prompt">The prompt.</param>
public sealed record PromptRecord(Passage Prompt) : IDatasetRecord
{
    /// <inheritdoc/>
    public JsonObject ToJson() => new() { ["prompt"] = Prompt.ToJson() };
}

/// <summary>One answer and whether it is good (TRL's unpaired preference format).</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Completion">The answer.</param>
/// <param name="Label">Whether the answer is preferred.</param>
public sealed record UnpairedRecord(Passage Prompt, Passage Completion, bool Label) : IDatasetRecord
{
    /// <inheritdoc/>
    public JsonObject ToJson() => new() { ["prompt"] = Prompt.ToJson(), ["completion"] = Completion.ToJson(), ["label"] = Label };
}

/// <summary>A solution in steps, each labelled (TRL's stepwise supervision format; plain text only).</summary>
/// <param name="Prompt">The problem.</param>
/// <param name="Completions">The steps in order.</param>
/// <param name="Labels">For each step, whether it is right.</param>
public sealed record StepwiseRecord(string Prompt, IReadOnlyList<string> Completions, IReadOnlyList<bool> Labels) : IDatasetRecord
{
    /// <inheritdoc/>
    public JsonObject ToJson() => new()
    {
        ["prompt"] = Prompt,
        ["completions"] = new JsonArray([.. Completions.Select(step => JsonValue.Create(step))]),
        ["labels"] = new JsonArray([.. Labels.Select(label => JsonValue.Create(label))]),
    };
}
