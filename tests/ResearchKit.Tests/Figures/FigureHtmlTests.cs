using System.Text.RegularExpressions;
using ResearchKit.Figures;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Figures;

public sealed class FigureHtmlTests
{
    private static Figure Hostile => Chart.Curves(
        "</script><b>\"x\" & 'y'", new Axis("<i>x</i>"), new Axis("y"), [new Curve("<img src=x>", [0, 1], [0, 1])]);

    [Fact]
    public void No_tag_of_a_title_or_name_opens_in_the_page()
    {
        var html = FigureHtml.Of(Hostile);

        Assert.Equal(1, Regex.Count(html, "</script"));
        Assert.DoesNotContain("<b>\"x\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.Contains("\\u003c", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Plotly_shows_the_characters_of_a_name_instead_of_reading_tags()
    {
        Assert.Equal("&lt;img src=x>", Gallery.Traces(Hostile)[0]["name"]!.GetValue<string>());
    }

    [Fact]
    public void Each_showing_has_an_id_of_its_own_that_its_script_names()
    {
        string Id(string html) => Regex.Match(html, "<div id=\"(rk-figure-[0-9a-f]{10}-\\d+)\"").Groups[1].Value;
        var (first, second) = (FigureHtml.Of(Gallery.Curves()), FigureHtml.Of(Gallery.Curves()));

        Assert.NotEqual(Id(first), Id(second));
        Assert.Contains($"(\"{Id(first)}\",{{", first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_can_be_read_before_it_is_drawn()
    {
        var html = FigureHtml.Of(Gallery.Curves());

        Assert.Contains("aria-label=\"Figure: Training loss\n  x: step; y: loss (nats)", html, StringComparison.Ordinal);
        Assert.Contains("<em>Training loss</em>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedded_plotly_is_one_marked_script_that_nothing_in_it_can_close()
    {
        var element = PlotlyScript.Element(new PlotlySettings(PlotlySource.Embedded, ""));

        Assert.StartsWith("<script data-researchkit=\"plotly.js\">(function(define,module,exports){", element, StringComparison.Ordinal);
        Assert.EndsWith("}).call(window)</script>", element, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(element, "</script", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void Plotly_from_a_file_or_an_address_is_the_one_that_is_named()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Root, "plotly.min.js");
        File.WriteAllText(file, "window.Plotly={}");

        Assert.Contains("window.Plotly={}", PlotlyScript.Element(new PlotlySettings(PlotlySource.File, file)), StringComparison.Ordinal);
        Assert.Contains("s.src='https://cdn.plot.ly/plotly-2.28.0.min.js'", PlotlyScript.Element(new PlotlySettings(PlotlySource.Cdn, "")), StringComparison.Ordinal);
        Assert.Contains("plotly.path", Assert.Throws<SettingsException>(() => PlotlyScript.Element(new PlotlySettings(PlotlySource.File, file + ".gone"))).Message, StringComparison.Ordinal);
    }
}
