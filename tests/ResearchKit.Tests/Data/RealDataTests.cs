using ResearchKit.Data;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Data;

/// <summary>The readers on real files beside the checkout; nothing of their text is ever printed.</summary>
public sealed class RealDataTests
{
    [Fact]
    public void Instruction_pairs_are_1100()
    {
        var pairs = RecordFiles.ReadPreference(Checkout.Shared("data/preference/instruction-data-with-preference.json"), ColumnMap.Alpaca).ToArray();
        Assert.Equal(1100, pairs.Length);
        Assert.Equal(775, pairs.Count(pair => !pair.Prompt.Text!.Contains("### Input:", StringComparison.Ordinal)));
        Assert.All(pairs, pair => Assert.EndsWith("### Response:", pair.Prompt.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void ShareGPT_pairs_are_300()
    {
        var pairs = RecordFiles.ReadPreference(Checkout.Shared("data/preference/dpo_en_demo.json"), ColumnMap.ShareGpt).ToArray();
        Assert.Equal(300, pairs.Length);
        Assert.Equal(80, pairs.Count(pair => pair.Prompt.Messages![0].Role == "system"));
        Assert.All(pairs, pair => Assert.Equal(("user", "assistant", "assistant"), (pair.Prompt.Messages![^1].Role, Assert.Single(pair.Chosen.Messages!).Role, Assert.Single(pair.Rejected.Messages!).Role)));
    }

    [Fact]
    public void KTO_rows_are_300_of_which_half_are_good()
    {
        var rows = RecordFiles.ReadUnpaired(Checkout.Shared("data/preference/kto_en_demo.json"), ColumnMap.LastMessage).ToArray();
        Assert.Equal((300, 150), (rows.Length, rows.Count(row => row.Label)));
    }

    [Fact]
    public void Dialogues_are_2312_and_come_apart_without_loss()
    {
        var path = Checkout.Shared("data/hh-rlhf/harmless-base-test.jsonl.gz");
        var skipped = new SkippedRows();
        var pairs = RecordFiles.ReadPreference(path, ColumnMap.Dialogue, skipped).ToArray();
        Assert.Equal((2312, 0), (pairs.Length, skipped.Skipped));
        Assert.True(pairs.All(pair => pair.Prompt.Text!.StartsWith("\n\nHuman:", StringComparison.Ordinal) && pair.Prompt.Text.EndsWith("\n\nAssistant:", StringComparison.Ordinal)), "a prompt is cut elsewhere");
        Assert.Equal(5, pairs.Count(pair => (pair.Chosen.Text + pair.Rejected.Text).Contains("\n\nAssistant:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ultrafeedback--test", 200)]
    [InlineData("rewardmath--train", 2000)]
    [InlineData("rewardbench_code--train", 84)]
    [InlineData("rewardbench_math--train", 34)]
    [InlineData("translate_french_gpt-4.1_ultrafeedback--test", 200)]
    public void Arrow_streams_of_Hugging_Face_datasets_give_all_rows(string name, int rows)
    {
        var pairs = RecordFiles.ReadPreference(Checkout.Shared($"data/exrm-vs-imrm/{name}.arrow")).ToArray();
        Assert.Equal(rows, pairs.Length);
        Assert.True(pairs.All(pair => pair.Prompt.Text!.Length > 0 && pair.Chosen != pair.Rejected), "a row is empty or holds one answer twice");
    }

    [Theory]
    [InlineData("gsm8k/train.jsonl", "question", 7473)]
    [InlineData("gsm8k/test.jsonl", "question", 1319)]
    [InlineData("verilog/VerilogEval_Human.jsonl", "prompt", 156)]
    [InlineData("verilog/rtllm2.jsonl", "prompt", 50)]
    [InlineData("fine-grained-rlhf/dev_feedback.json", "question", 500)]
    public void Prompts_are_read_from_any_column(string file, string column, int rows) =>
        Assert.Equal(rows, RecordFiles.ReadPrompts(Checkout.Shared($"data/{file}"), new ColumnMap { Prompt = column }).Count());

    [Fact]
    public void Real_pairs_survive_JSON_lines_and_Parquet()
    {
        using var folder = new Tests.Text.TemporaryFolder();
        var pairs = RecordFiles.ReadPreference(Checkout.Shared("data/preference/dpo_en_demo.json"), ColumnMap.ShareGpt).ToArray();
        foreach (var name in new[] { "a.jsonl.gz", "a.parquet" })
        {
            var path = Path.Combine(folder.Path, name);
            RecordWriter.Write(path, pairs);
            Assert.True(pairs.SequenceEqual(RecordFiles.ReadPreference(path)), name);
        }
    }
}
