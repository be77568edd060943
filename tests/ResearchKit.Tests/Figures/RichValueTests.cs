using ResearchKit.Data;
using ResearchKit.Figures;
using ResearchKit.Models;
using ResearchKit.Text;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Figures;

public sealed class RichValueTests
{
    private static readonly WordVocabulary Words = new(["<pad>", "<bos>", "<eos>", "good", "film", "bad"]);

    [Fact]
    public void A_pair_of_ids_is_read_as_text_with_the_answers_lengths()
    {
        var view = PairView.Of(new TokenizedPair(Words.Encode("film"), Words.Encode("good <eos>"), Words.Encode("bad bad <eos>")), Words);

        Assert.Equal("prompt      film\n+ chosen    good <eos> (2 tokens)\n- rejected  bad bad <eos> (3 tokens)", view.ToString());
        Assert.Contains("bad bad &lt;eos&gt;", view.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversational_record_stands_a_message_a_line()
    {
        var record = new PreferenceRecord(new Passage([new ChatMessage("system", "Be brief."), new ChatMessage("user", "Hi")]), new Passage("Hello"), new Passage("Go away"));

        Assert.StartsWith("prompt      system: Be brief.\nuser: Hi\n+ chosen    Hello", PairView.Of(record).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut_and_its_length_told()
    {
        var text = new PairView(new string('x', 5000), "a", "b").ToString();

        Assert.Contains("x… (5,000 characters in all)\n", text, StringComparison.Ordinal);
        Assert.True(text.Length < 2200);
    }

    [Fact]
    public void A_long_table_shows_fifty_rows_and_keeps_all()
    {
        var table = ResultTable.From("t", Enumerable.Range(0, 120), "", ("n", n => $"{n}"));

        Assert.EndsWith("49\n… 70 more of 120 rows", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("70 more of 120 rows", table.ToHtml(), StringComparison.Ordinal);
        Assert.Equal((120, 120), (table.Rows.Count, (int)table.ToDataFrame().Rows.Count));
    }

    [Fact]
    public void A_models_blocks_are_one_row_each_and_its_counts_add_up()
    {
        using var generator = new Generator(1, CPU);
        using var model = CausalLM.Create(ModelConfig.Tiny(10, hidden: 8, layers: 2, heads: 2, maxPositions: 16), generator);
        var table = ModelTable.Of(model);

        Assert.Contains("2 layers, 8 wide, 2 heads, 10 tokens, 16 positions, Float32 on cpu", table.Title, StringComparison.Ordinal);
        Assert.Contains("100 % trainable", table.Title, StringComparison.Ordinal);
        Assert.Contains(table.Rows, row => row[0] == "transformer.h.*.attn.c_attn.weight" && row[1] == "2" && row[2] == "8 x 24" && row[3] == "384" && row[4] == "yes");
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), table.Rows.Sum(row => long.Parse(row[3], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_adapter_tells_its_share_of_the_model_and_the_model_that_only_it_trains()
    {
        using var generator = new Generator(1, CPU);
        using var model = CausalLM.Create(ModelConfig.Tiny(10, hidden: 8, layers: 2, heads: 2, maxPositions: 16), generator);
        var adapter = LoraAdapter.Attach(model, new LoraOptions { Rank = 2, Alpha = 4, TargetModules = ["c_attn"] }, generator);

        Assert.StartsWith("LoRA adapter of rank 2, alpha 4, on c_attn, not merged: 128 parameters, ", ModelTable.Of(adapter).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("100 % trainable", ModelTable.Of(model).Title, StringComparison.Ordinal);
        Assert.Equal(["no", "yes"], ModelTable.Of(model).Rows.Select(row => row[4]).Distinct());
    }

    [Fact]
    public void A_history_shows_first_last_and_range_of_each_column()
    {
        var history = new History();
        foreach (var (step, loss) in new[] { (1, 3.0), (2, 0.5), (3, 1.25) }) history.Add(step, new Dictionary<string, double> { ["loss"] = loss });

        Assert.Equal("History of 3 steps\ncolumn  first  last  lowest  highest\n------  -----  ----  ------  -------\nloss        3  1.25     0.5        3", HistoryTable.Of(history).ToString());
    }
}
