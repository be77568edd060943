using System.Text.Json.Nodes;
using ResearchKit.Text;

namespace ResearchKit.Data;

/// <summary>A prompt or an answer: text in TRL's standard format, messages in its conversational format.</summary>
public sealed class Passage : IEquatable<Passage>
{
    /// <summary>A passage of plain text.</summary>
    public Passage(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>A passage of messages.</summary>
    public Passage(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Messages = messages;
    }

    /// <summary>The text, or null where the passage is conversational.</summary>
    public string? Text { get; }

    /// <summary>The messages, or null where the passage is plain text.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; }

    /// <summary>Whether the passage is messages.</summary>
    public bool IsConversational => Messages is not null;

    /// <summary>Plain text is a passage.</summary>
    public static implicit operator Passage(string text) => FromString(text);

    /// <summary>Plain text as a passage.</summary>
    public static Passage FromString(string text) => new(text);

    /// <summary>The passage as datasets store it: a string, or a list of messages.</summary>
    public JsonNode ToJson() => Messages is null ? JsonValue.Create(Text!) : new JsonArray([.. Messages.Select(message => message.ToJson())]);

    /// <summary>The text, or the messages one a line, for figures and errors.</summary>
    public override string ToString() => Text ?? string.Join('\n', Messages!.Select(message => $"{message.Role}: {message.Content}"));

    /// <summary>Compared by value.</summary>
    public bool Equals(Passage? other) => other is not null && Text == other.Text &&
        (Messages is null ? other.Messages is null : other.Messages is not null && Messages.SequenceEqual(other.Messages));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Passage);

    /// <inheritdoc/>
    public override int GetHashCode() => Text is not null ? Text.GetHashCode(StringComparison.Ordinal) : Messages!.Count;
}
