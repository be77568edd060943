using ResearchKit.Data;
using ResearchKit.Tests.Text;
using ResearchKit.Text;

namespace ResearchKit.Tests.Data;

/// <summary>TRL's extract_prompt (trl/data_utils.py), its documentation's examples first.</summary>
public sealed class ImplicitPromptTests
{
    [Theory]
    [InlineData("The sky is blue.", "The sky is green.", "The sky is", " blue.", " green.")]
    [InlineData("ab", "ac", "a", "b", "c")]
    [InlineData("x", "y", "", "x", "y")]
    [InlineData("x ", "y ", "", "x ", "y ")]
    [InlineData("abc", "abcdef", "ab", "c", "cdef")]
    [InlineData("same", "same", "sam", "e", "e")]
    [InlineData("", "a", "", "", "a")]
    [InlineData("a😀", "a😁", "a", "😀", "😁")]
    public void Text_is_cut_where_the_answers_part(string chosen, string rejected, string prompt, string first, string second) =>
        Assert.Equal(new PreferenceRecord(prompt, first, second), ImplicitPrompt.Extract(chosen, rejected));

    [Fact]
    public void Messages_are_cut_where_the_answers_part()
    {
        ChatMessage question = new("user", "What color is the sky?"), blue = new("assistant", "It is blue."), green = new("assistant", "It is green.");
        Assert.Equal(
            new PreferenceRecord(new Passage([question]), new Passage([blue]), new Passage([green])),
            ImplicitPrompt.Extract(new Passage([question, blue]), new Passage([question, green])));
    }

    [Fact]
    public void A_plain_prompt_column_beside_whole_conversations_gives_way_to_what_they_share()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.jsonl", """{"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""");
        var record = Assert.Single(RecordFiles.ReadPreference(path));
        Assert.Equal(new Passage([new ChatMessage("user", "q")]), record.Prompt);
        Assert.Equal(new Passage([new ChatMessage("assistant", "b")]), record.Rejected);
    }

    [Fact]
    public void A_dialogue_is_cut_after_the_last_turn_that_both_share()
    {
        var record = ImplicitPrompt.SplitDialogue("\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d", "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: e");
        Assert.Equal(new PreferenceRecord("\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:", " d", " e"), record);
        var earlier = ImplicitPrompt.SplitDialogue("\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d", "\n\nHuman: a\n\nAssistant: e");
        Assert.Equal(new PreferenceRecord("\n\nHuman: a\n\nAssistant:", " b\n\nHuman: c\n\nAssistant: d", " e"), earlier);
        Assert.Null(ImplicitPrompt.SplitDialogue("Human: a", "Human: b"));
    }
}
