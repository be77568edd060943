using System.Text.Json.Nodes;
using ResearchKit.Text;

namespace ResearchKit.Data;

/// <summary>Rows to records, by a column map.</summary>
internal static class RowMapping
{
    internal static PreferenceRecord Preference(Row row, ColumnMap map)
    {
        switch (map.Layout)
        {
            case RowLayout.Alpaca:
                return new PreferenceRecord(AlpacaText(row, map), row.Text(map.Chosen), row.Text(map.Rejected));
            case RowLayout.ShareGpt:
                return new PreferenceRecord(new Passage(ShareGptMessages(row, map.Prompt)), new Passage(ShareGptMessages(row, map.Chosen)), new Passage(ShareGptMessages(row, map.Rejected)));
            case RowLayout.Dialogue:
                return ImplicitPrompt.SplitDialogue(row.Text(map.Chosen), row.Text(map.Rejected))
                    ?? throw row.Error($"fields '{map.Chosen}' and '{map.Rejected}': expected dialogues that share a turn '\\n\\nAssistant:', found none that both share");
            case RowLayout.LastMessage:
                throw row.Error("a row with one answer is unpaired: read it with ReadUnpaired");
            default:
                return FromColumns(row, map);
        }
    }

    internal static PromptRecord Prompt(Row row, ColumnMap map) => map.Layout switch
    {
        RowLayout.Alpaca => new PromptRecord(AlpacaText(row, map)),
        RowLayout.ShareGpt => new PromptRecord(new Passage(ShareGptMessages(row, map.Prompt))),
        RowLayout.LastMessage => new PromptRecord(SplitLast(row, map).Prompt),
        RowLayout.Dialogue => new PromptRecord(Preference(row, map).Prompt),
        _ => new PromptRecord(row.Passage(map.Prompt)),
    };

    internal static UnpairedRecord Unpaired(Row row, ColumnMap map)
    {
        if (map.Layout == RowLayout.LastMessage)
        {
            var (prompt, last) = SplitLast(row, map);
            return new UnpairedRecord(prompt, last, row.Flag(map.Label));
        }
        var completion = map.Layout == RowLayout.ShareGpt ? new Passage(ShareGptMessages(row, map.Completion)) : row.Passage(map.Completion);
        var record = new UnpairedRecord(Prompt(row, map).Prompt, completion, row.Flag(map.Label));
        CheckSameKind(row, map.Prompt, record.Prompt, map.Completion, record.Completion);
        return record;
    }

    internal static StepwiseRecord Stepwise(Row row, ColumnMap map)
    {
        var record = new StepwiseRecord(row.Text(map.Prompt), row.Texts(map.Completions), row.Flags(map.Labels));
        return record.Completions.Count == record.Labels.Count
            ? record
            : throw row.Error($"field '{map.Labels}': expected one label a step, {record.Completions.Count} in all, found {record.Labels.Count}");
    }

    private static PreferenceRecord FromColumns(Row row, ColumnMap map)
    {
        Passage chosen = row.Passage(map.Chosen), rejected = row.Passage(map.Rejected);
        CheckSameKind(row, map.Chosen, chosen, map.Rejected, rejected);
        var prompt = row.Has(map.Prompt) ? row.Passage(map.Prompt) : null;
        // UltraFeedback's prompt column is plain text beside answers that are whole conversations: as TRL does, these
        // are searched for the prompt they share.
        if (prompt is null || (chosen.IsConversational && !prompt.IsConversational)) return ImplicitPrompt.Extract(chosen, rejected);
        CheckSameKind(row, map.Prompt, prompt, map.Chosen, chosen);
        return new PreferenceRecord(prompt, chosen, rejected);
    }

    private static void CheckSameKind(Row row, string first, Passage one, string second, Passage other)
    {
        if (one.IsConversational == other.IsConversational) return;
        throw row.Error($"field '{second}': expected {Kind(one)} as in '{first}', found {Kind(other)}");

        static string Kind(Passage passage) => passage.IsConversational ? "messages" : "a string";
    }

    private static string AlpacaText(Row row, ColumnMap map) =>
        AlpacaPrompt.Format(row.Text(map.Instruction), row.Has(map.Input) ? row.Text(map.Input) : null);

    private static (Passage Prompt, Passage Last) SplitLast(Row row, ColumnMap map)
    {
        var messages = row.Messages(map.Prompt);
        return messages.Count >= 2 && messages[^1].Role == "assistant"
            ? (new Passage([.. messages.Take(messages.Count - 1)]), new Passage([messages[^1]]))
            : throw row.Error($"field '{map.Prompt}': expected two messages or more, the last by the assistant, found {messages.Count}{(messages.Count == 0 ? "" : $", the last by '{messages[^1].Role}'")}");
    }

    // A single message stands alone or in a list.
    private static IReadOnlyList<ChatMessage> ShareGptMessages(Row row, string field)
    {
        if (row.Fields![field] is JsonObject single)
        {
            return [Message(single) ?? throw row.Expected(field, "a message with from and value", single)];
        }
        return row.List(field, "messages with from and value", node => node is JsonObject json && Message(json) is { } message ? (true, message) : (false, null!));

        static ChatMessage? Message(JsonObject json) =>
            Row.IsText(json["from"]) && Row.IsText(json["value"]) && Role((string)json["from"]!) is { } role ? new ChatMessage(role, (string)json["value"]!) : null;
    }

    private static string? Role(string from) => from switch
    {
        "human" or "user" => "user",
        "gpt" or "assistant" => "assistant",
        "system" => "system",
        "observation" or "tool" => "tool",
        _ => null,
    };
}
