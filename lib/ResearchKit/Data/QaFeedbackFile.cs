using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Data.Formats;

namespace ResearchKit.Data;

/// <summary>
/// Reads the QA feedback of Fine-Grained RLHF (allenai/FineGrainedRLHF a1469d4, tasks/qa_feedback/data, train_feedback.json
/// and dev_feedback.json; its README gives the layout).
/// </summary>
public static class QaFeedbackFile
{
    private const int AnswerCount = 4, PairCount = 6;

    /// <summary>The file's questions, read as they are asked for.</summary>
    /// <param name="path">A JSON array, or JSON Lines; either may be gzipped.</param>
    /// <exception cref="DataFormatException">A row is not as expected: file, row, field, what was found and expected are named.</exception>
    public static IEnumerable<QaFeedback> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return RowFile.Read(path).Select(Convert);
    }

    private static QaFeedback Convert(Row row)
    {
        if (row.Fields is null) throw row.Error(row.Problem!);
        string[] answers = [.. Enumerable.Range(1, AnswerCount).Select(i => row.Text($"prediction {i}"))];
        var feedback = row.Fields["feedback"] as JsonObject ?? throw row.Expected("feedback", "an object with errors, missing-info and corrected-prediction", row.Fields["feedback"]);
        var inner = row with { Fields = feedback, Place = $"{row.Place}, feedback" };
        var preferences = row.List("preference", "0, 1 or 2", node => node is JsonValue value && value.TryGetValue(out int choice) && choice is >= 0 and <= 2 ? (true, choice) : (false, 0));
        if (preferences.Count != PairCount) throw row.Error($"field 'preference': expected {PairCount} choices, one for each pair of {AnswerCount} answers, found {preferences.Count}");
        return new QaFeedback(
            row.Text("question"), row.List("passages", "passages, each a list of a title and its sentences", Passage), answers,
            [.. inner.List("errors", "spans with 'error type', start and end", Span).Select(span => Within(inner, span, answers[0]))],
            inner.List("missing-info", "objects with 'error type'", node => node is JsonObject info && Row.IsText(info["error type"]) ? (true, info["error type"]!.GetValue<string>()) : (false, "")),
            inner.Text("corrected-prediction"), preferences);
    }

    private static ErrorSpan Within(Row row, ErrorSpan span, string answer) => span.Start >= 0 && span.Start < span.End && span.End <= answer.Length
        ? span
        : throw row.Error($"field 'errors': a span '{span.Type}' reaches from {span.Start} to {span.End}, expected a part of the first answer's {answer.Length} characters");

    private static (bool, ErrorSpan) Span(JsonNode? node) =>
        node is JsonObject span && Row.IsText(span["error type"]) && Place(span["start"]) is { } start && Place(span["end"]) is { } end
            ? (true, new ErrorSpan(span["error type"]!.GetValue<string>(), start, end))
            : (false, null!);

    private static int? Place(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int place) ? place : null;

    // A passage is a list: its title, then its sentences.
    private static (bool, string) Passage(JsonNode? node) => node switch
    {
        JsonArray parts when parts.All(Row.IsText) => (true, string.Join(' ', parts.Select(part => part!.GetValue<string>()))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => (true, value.GetValue<string>()),
        _ => (false, ""),
    };
}
