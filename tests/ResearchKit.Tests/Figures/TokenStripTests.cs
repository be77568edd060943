using System.Text.RegularExpressions;
using ResearchKit.Figures;
using ResearchKit.Text;

namespace ResearchKit.Tests.Figures;

public sealed partial class TokenStripTests
{
    [Fact]
    public void The_plain_form_has_each_tokens_number_behind_it() =>
        Assert.Equal("A sample (log-ratio)\nthe film[-0.5] is[0.25]", new TokenStrip("A sample", "log-ratio", [new("the", double.NaN), new("film", -0.5), new("is", 0.25)]).ToString());

    [Fact]
    public void Values_of_both_signs_have_two_colours_that_deepen_alike_and_a_legend_around_zero()
    {
        var html = new TokenStrip("t", "reward", [new("a", -2), new("b", 1), new("c", 2), new("d", double.NaN)]).ToHtml();
        var tokens = Token().Matches(html).Select(match => match.Groups[1].Value).Take(4).ToArray();

        Assert.Equal([";background:rgba(33,102,172,0.65)", ";background:rgba(200,50,40,0.33)", ";background:rgba(200,50,40,0.65)", ""], tokens);
        Assert.Equal(["-2", "-1.33", "-0.667", "0", "0.667", "1.33", "2"], Scale().Matches(html[html.IndexOf("reward: ", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Log_probabilities_deepen_away_from_zero_on_one_side()
    {
        var html = new TokenStrip("t", "log-probability (nats)", [new("a", -4), new("b", -1)]).ToHtml();

        Assert.Equal(["-4", "-3", "-2", "-1", "0"], Scale().Matches(html[html.IndexOf("(nats): ", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("200,50,40", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_token_opens_a_tag() =>
        Assert.Contains("&lt;eos&gt;", new TokenStrip("<t>", "x", [new("<eos>", 1)]).ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void A_long_text_is_cut_and_says_so()
    {
        var strip = new TokenStrip("t", "x", [.. Enumerable.Range(0, 1000).Select(i => new ColouredToken($"w{i}", i))]);

        Assert.EndsWith("w399[399] … 600 more of 1,000 tokens", strip.ToString(), StringComparison.Ordinal);
        Assert.Contains("<em style=\"\">… 600 more of 1,000 tokens</em>", System.Net.WebUtility.HtmlDecode(strip.ToHtml()), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_may_have_a_number_from_the_second_on_and_no_other_count()
    {
        var words = new WordVocabulary(["<pad>", "<bos>", "<eos>", "good", "film"]);

        Assert.Equal("t (x)\ngood film[-1]", TokenStrip.Of("t", "x", words, words.Encode("good film"), [-1]).ToString());
        Assert.Contains("1 values for 3 tokens; expected 3, or 2", Assert.Throws<FigureException>(() => TokenStrip.Of("t", "x", words, words.Encode("good film good"), [-1])).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("border-radius:0.2em([^\"]*)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<span style=\"padding:0.1em 0.5em[^>]*>([^<]*)</span>")]
    private static partial Regex Scale();
}
