using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class ResultTableTests
{
    private static ResultTable Table => new(
        "Reward at equal KL", ["method", "ours", "paper"], [["DPO", "0.52", "0.6"], ["TDPO<2>", "+0.6", ""]], "Table 2 of the paper");

    [Fact]
    public void Text_is_aligned_with_numbers_to_the_right_and_names_its_source()
    {
        Assert.Equal("""
            Reward at equal KL
            method   ours  paper
            -------  ----  -----
            DPO      0.52    0.6
            TDPO<2>  +0.6
            Source: Table 2 of the paper
            """, Table.ToString());
    }

    [Fact]
    public void Html_is_escaped_and_has_a_caption_a_head_and_the_source()
    {
        var html = Table.ToHtml();

        Assert.Contains("TDPO&lt;2&gt;", html, StringComparison.Ordinal);
        Assert.Contains(">Reward at equal KL</caption>", html, StringComparison.Ordinal);
        Assert.Contains("text-align:right\">paper</th>", html, StringComparison.Ordinal);
        Assert.Contains("Source: Table 2 of the paper", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_frame_holds_the_same_cells()
    {
        var frame = new ResultTable("t", ["a", "a"], [["1", "2"]], "").ToDataFrame();

        Assert.Equal(["a", "a (2)"], frame.Columns.Select(c => c.Name));
        Assert.Equal("2", frame[0, 1]);
    }

    [Fact]
    public void A_row_of_another_length_is_named()
    {
        var error = Assert.Throws<FigureException>(() => new ResultTable("t", ["a", "b"], [["1", "2"], ["3"]], ""));

        Assert.Equal("table 't', row 2: 1 cells for 2 columns (a, b).", error.Message);
    }
}
