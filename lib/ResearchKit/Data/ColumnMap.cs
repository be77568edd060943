namespace ResearchKit.Data;

/// <summary>How a file's columns make a record: their names, and the layouts that are not plain columns.</summary>
public sealed record ColumnMap
{
    /// <summary>TRL's own names; a preference row without a prompt holds it inside both answers.</summary>
    public static ColumnMap Trl { get; } = new();

    /// <summary>Alpaca's instruction and input, put into Alpaca's prompt text; chosen and rejected beside them.</summary>
    public static ColumnMap Alpaca { get; } = new() { Layout = RowLayout.Alpaca };

    /// <summary>ShareGPT's conversations of from and value as the prompt; chosen and rejected are one such message each.</summary>
    public static ColumnMap ShareGpt { get; } = new() { Layout = RowLayout.ShareGpt, Prompt = "conversations" };

    /// <summary>A list of messages of which the last is the answer, and a label.</summary>
    public static ColumnMap LastMessage { get; } = new() { Layout = RowLayout.LastMessage, Prompt = "messages" };

    /// <summary>Anthropic's whole dialogues as text, answered after "\n\nAssistant:".</summary>
    public static ColumnMap Dialogue { get; } = new() { Layout = RowLayout.Dialogue };

    /// <summary>What the columns hold.</summary>
    public RowLayout Layout { get; init; } = RowLayout.Columns;

    /// <summary>The prompt's column (for ShareGPT its conversations, for the last-message layout its messages).</summary>
    public string Prompt { get; init; } = "prompt";

    /// <summary>The preferred answer's column.</summary>
    public string Chosen { get; init; } = "chosen";

    /// <summary>The other answer's column.</summary>
    public string Rejected { get; init; } = "rejected";

    /// <summary>The single answer's column.</summary>
    public string Completion { get; init; } = "completion";

    /// <summary>The column that says whether the single answer is good.</summary>
    public string Label { get; init; } = "label";

    /// <summary>The steps' column.</summary>
    public string Completions { get; init; } = "completions";

    /// <summary>The column of the steps' labels.</summary>
    public string Labels { get; init; } = "labels";

    /// <summary>Alpaca's instruction column.</summary>
    public string Instruction { get; init; } = "instruction";

    /// <summary>Alpaca's input column; a row may lack it.</summary>
    public string Input { get; init; } = "input";
}

/// <summary>What a file's columns hold.</summary>
public enum RowLayout
{
    /// <summary>Prompt and answers in columns of their own, as text or as messages of role and content.</summary>
    Columns,

    /// <summary>Instruction and input make the prompt.</summary>
    Alpaca,

    /// <summary>Messages of from and value.</summary>
    ShareGpt,

    /// <summary>Messages of role and content, the last of them the answer.</summary>
    LastMessage,

    /// <summary>Whole dialogues as text.</summary>
    Dialogue,
}
