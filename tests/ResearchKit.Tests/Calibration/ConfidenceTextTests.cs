using ResearchKit.Calibration;
using ResearchKit.Tests.Golden;

namespace ResearchKit.Tests.Calibration;

public sealed class ConfidenceTextTests
{
    [Fact]
    public void What_is_appended_is_read_and_cut_out_again()
    {
        var text = ConfidenceText.Append("The answer is 4. \n", 8);

        Assert.Equal("The answer is 4.\nConfidence: 8.", text);
        Assert.Equal(new ParsedConfidence(8, "The answer is 4."), ConfidenceText.Parse(text));
        Assert.Equal(0.8, ConfidenceText.Parse(text).Share);
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceText.Append("x", 11));
    }

    [Theory]
    [InlineData("Answer. Confidence: 9</s>", 9.0, "Answer. </s>")]
    [InlineData("so 4. confidence: 2/10.</s>", 2.0, "so 4. </s>")]
    [InlineData("x Confidence: 7.5!</s>", 7.5, "x </s>")]
    [InlineData("y Confidence: 25</s>", 10.0, "y </s>")]
    [InlineData("z\nCONFIDENCE:0</s>", 0.0, "z\n</s>")]
    [InlineData("A Confidence: 3, B Confidence: 9. Done", 3.0, "A B Done </s>")]
    public void A_statement_is_read_in_any_case_and_clamped_and_its_tail_goes_with_it(string response, double stated, string rest)
    {
        var parsed = ConfidenceText.Parse(response, "</s>");

        Assert.Equal(stated, parsed.Stated);
        Assert.Equal(rest, parsed.Response);
    }

    [Theory]
    [InlineData("No score given</s>")]
    [InlineData("Confidence: high")]
    [InlineData("Confidence 8")]
    [InlineData("Confidence: -1")]
    [InlineData("Confidence: ٩")] // a digit of another script is no number to the reader of the rewards
    [InlineData("")]
    public void Where_no_number_is_stated_the_text_stays_and_the_share_is_a_half(string response)
    {
        Assert.Equal(new ParsedConfidence(null, response), ConfidenceText.Parse(response, "</s>"));
        Assert.Equal(0.5, ConfidenceText.Parse(response).Share);
    }

    [Fact]
    public void Every_recorded_text_of_the_official_code_is_cut_alike()
    {
        var file = GoldenFile.Read(GoldenFile.Paths().First(path => Path.GetFileName(path) == "reward-calibration.json"));
        var recorded = file.Cases.Where(item => item.Has("texts")).ToArray();

        Assert.NotEmpty(recorded);
        Assert.All(recorded, item => Assert.Equal(
            item.Outputs.Single(output => output.Name == "texts_without_confidence").Value.EnumerateArray().Select(text => text.GetString()),
            item.Parameter("texts").EnumerateArray().Select(text => ConfidenceText.Parse(text.GetString()!, item.Text("eos_token")!).Response)));
    }

    [Fact]
    public void Prompts_ask_for_the_words_that_are_read()
    {
        foreach (var prompt in new[] { ConfidencePrompt.Open, ConfidencePrompt.Direct("option letter", "(A)"), ConfidencePrompt.ChainOfThought("number", "1") })
        {
            Assert.Contains("\nConfidence: <", prompt, StringComparison.Ordinal);
            Assert.Contains("from 0 to 10", prompt, StringComparison.Ordinal);
            Assert.Null(ConfidenceText.Parse(prompt).Stated); // a prompt's own example would be taken for an answer's
        }
        Assert.Contains("Answer: <the option letter only, such as (A)>", ConfidencePrompt.Direct("option letter", "(A)"), StringComparison.Ordinal);
        Assert.Contains("Explanation: <", ConfidencePrompt.ChainOfThought("number", "1"), StringComparison.Ordinal);
    }
}
