using System.Text.Json.Nodes;
using ResearchKit.Data;
using ResearchKit.Tests.Support;
using ResearchKit.Tests.Text;

namespace ResearchKit.Tests.Data;

public sealed class QaFeedbackFileTests : IDisposable
{
    private const string Row = """
        {"question": "q?", "passages": [["Title", "First.", "Second."], ["Other", "Third."]], "gold": "g",
         "prediction 1": "one two three", "prediction 2": "b", "prediction 3": "c", "prediction 4": "d",
         "feedback": {"errors": [{"error type": "Irrelevant", "explanation": "", "start": 4, "end": 7}],
                      "missing-info": [{"error type": "Missing-Answer", "passage_id": 0, "sentence_id": [1]}],
                      "corrected-prediction": "one three"},
         "preference": [0, 1, 2, 1, 0, 2]}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_field_of_the_layout_is_read()
    {
        var rows = QaFeedbackFile.Read(folder.Write("dev.json", $"[{Row}, {Row}]")).ToArray();

        Assert.Equal(2, rows.Length);
        Assert.Equal("q?", rows[0].Question);
        Assert.Equal(["Title First. Second.", "Other Third."], rows[0].Passages);
        Assert.Equal(["one two three", "b", "c", "d"], rows[0].Answers);
        Assert.Equal([new ErrorSpan("Irrelevant", 4, 7)], rows[0].Errors);
        Assert.Equal(["Missing-Answer"], rows[0].Missing);
        Assert.Equal("one three", rows[0].Corrected);
        Assert.Equal([0, 1, 2, 1, 0, 2], rows[0].Preferences);
    }

    public static TheoryData<string, Action<JsonObject>, string> Bad => new()
    {
        { "no third answer", row => row.Remove("prediction 3"), "row 2|field 'prediction 3'|expected a string|no such field" },
        { "no feedback", row => row["feedback"] = "none", "field 'feedback'|expected an object" },
        { "a span beyond the answer", row => row["feedback"]!["errors"]![0]!["end"] = 14, "feedback|from 4 to 14|13 characters" },
        { "an empty span", row => row["feedback"]!["errors"]![0]!["end"] = 4, "from 4 to 4" },
        { "a span without a start", row => row["feedback"]!["errors"]![0]!.AsObject().Remove("start"), "errors[0]|spans with 'error type', start and end" },
        { "missing information that is text", row => row["feedback"]!["missing-info"]![0] = "all", "missing-info[0]" },
        { "no correction", row => row["feedback"]!.AsObject().Remove("corrected-prediction"), "corrected-prediction|expected a string" },
        { "five preferences", row => row["preference"]!.AsArray().RemoveAt(0), "expected 6 choices|found 5" },
        { "a preference of 3", row => row["preference"]![1] = 3, "preference[1]|0, 1 or 2|3" },
        { "a passage that is a number", row => row["passages"]![0] = 7, "passages[0]" },
        { "no question", row => row["question"] = null, "field 'question'|null" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_row_is_named_with_what_is_wrong(string what, Action<JsonObject> spoil, string expected)
    {
        Assert.NotEmpty(what);
        var row = JsonNode.Parse(Row)!.AsObject();
        spoil(row);
        var path = folder.Write("bad.json", $"[{Row}, {row.ToJsonString()}]");

        var error = Assert.Throws<DataFormatException>(() => QaFeedbackFile.Read(path).ToArray());

        Assert.Equal(path, error.File);
        foreach (var part in expected.Split('|')) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_development_set_has_500_questions_whose_spans_all_fit()
    {
        var rows = QaFeedbackFile.Read(Checkout.Shared("data/fine-grained-rlhf/dev_feedback.json")).ToArray();

        Assert.Equal(500, rows.Length);
        Assert.Equal(1373, rows.Sum(row => row.Errors.Count));
        Assert.Equal(842, rows.Sum(row => row.Missing.Count));
        Assert.Equal(["Incoherent", "Irrelevant", "Redundant", "Unverifiable", "Wrong-Grounding"], rows.SelectMany(row => row.Errors).Select(error => error.Type).Distinct().Order());
    }
}
