using System.Xml.Linq;
using CsCheck;
using ResearchKit.Cli.Export.Math;

namespace ResearchKit.Cli.Tests.Export;

public class TexTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("y_w", "<msub><mi>y</mi><mi>w</mi></msub>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("x^10", "<msup><mi>x</mi><mn>1</mn></msup><mn>0</mn>")]
    [InlineData(@"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData(@"\beta\log\pi", "<mi>β</mi><mrow><mi mathvariant=\"normal\">log</mi><mo>⁡</mo><mspace width=\"0.167em\"></mspace></mrow><mi>π</mi>")]
    [InlineData(@"\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData(@"\mathbb R", "<mi>ℝ</mi>")]
    [InlineData(@"\mathcal{L}", "<mi>ℒ</mi>")]
    [InlineData(@"\mathrm{ref}", "<mi mathvariant=\"normal\">ref</mi>")]
    [InlineData(@"\text{if } x", "<mtext>if&#160;</mtext><mi>x</mi>")]
    [InlineData(@"\hat{y}", "<mover accent=\"true\"><mrow><mi>y</mi></mrow><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData(@"y_w \succ y_l \mid x", "<msub><mi>y</mi><mi>w</mi></msub><mo>≻</mo><msub><mi>y</mi><mi>l</mi></msub><mo stretchy=\"false\">∣</mo><mi>x</mi>")]
    [InlineData(@"a \| b \le c", "<mi>a</mi><mo stretchy=\"false\">‖</mo><mi>b</mi><mo>≤</mo><mi>c</mi>")]
    [InlineData(@"\left( a \right]", "<mrow><mo stretchy=\"true\">(</mo><mi>a</mi><mo stretchy=\"true\">]</mo></mrow>")]
    [InlineData(@"\sqrt{x}", "<msqrt><mrow><mi>x</mi></mrow></msqrt>")]
    [InlineData("a = -b", "<mi>a</mi><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi>")]
    [InlineData("a - b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    public void A_formula_becomes_MathML(string tex, string mathMl) =>
        Assert.Equal(XElement.Parse($"<m>{mathMl}</m>").ToString(), XElement.Parse($"<m>{new TexParser(TexTokens.Read(tex), display: false).ParseAll()}</m>").ToString());

    [Fact]
    public void Limits_stand_above_and_below_in_a_display_and_at_the_side_in_a_line()
    {
        Assert.Contains("<munderover><mo>∑</mo>", TexToMathMl.Render(@"\sum_{t=1}^T x_t", display: true), StringComparison.Ordinal);
        Assert.Contains("<msubsup><mo>∑</mo>", TexToMathMl.Render(@"\sum_{t=1}^T x_t", display: false), StringComparison.Ordinal);
        Assert.Contains("<munder><mi mathvariant=\"normal\">max</mi>", TexToMathMl.Render(@"\max_\theta x", display: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\mathcal{L}_{\mathrm{DPO}}(\pi_\theta;\pi_{\text{ref}})=-\mathbb{E}_{(x,y_w,y_l)\sim\mathcal{D}}\left[\log\sigma\left(\beta\log\frac{\pi_\theta(y_w\mid x)}{\pi_{\text{ref}}(y_w\mid x)}-\beta\log\frac{\pi_\theta(y_l\mid x)}{\pi_{\text{ref}}(y_l\mid x)}\right)\right]")]
    [InlineData(@"D_{\mathrm{SeqKL}}(x,y;\pi_1\|\pi_2)=\sum_{t=1}^{T}D_{\mathrm{KL}}\big(\pi_1(\cdot\mid[x,y^{<t}])\,\|\,\pi_2(\cdot\mid[x,y^{<t}])\big)")]
    [InlineData(@"\hat{A}_{i,t} = \frac{r_i - \operatorname{mean}(\{r_1,\ldots,r_G\})}{\operatorname{std}(\mathbf{r})}")]
    [InlineData(@"\begin{aligned} a &= b + c \\ &\ge \tfrac12 \end{aligned}")]
    [InlineData(@"f(x)=\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}")]
    [InlineData(@"\nabla_\theta J = \mathbb{E}_{\tau\sim\pi_\theta}\Bigl[\sum_{t}\nabla_\theta\log\pi_\theta(a_t|s_t)\hat A_t\Bigr]")]
    [InlineData(@"\arg\max_{\pi} \mathbb{E}[r(x,y)] - \beta\, \mathbb{D}_{\mathrm{KL}}[\pi \,\|\, \pi_{\mathrm{ref}}]")]
    [InlineData(@"\mathrm{ECE}=\sum_{m=1}^{M}\frac{|B_m|}{n}\left|\mathrm{acc}(B_m)-\mathrm{conf}(B_m)\right|")]
    public void A_papers_equations_become_well_formed_MathML_that_keeps_its_source(string tex)
    {
        var math = XElement.Parse(TexToMathMl.Render(tex, display: true));
        Assert.Equal("math", math.Name);
        Assert.Equal(tex, math.Descendants("annotation").Single().Value);
        foreach (var (element, count) in new[] { ("mfrac", 2), ("msub", 2), ("msup", 2), ("msubsup", 3), ("munder", 2), ("mover", 2), ("munderover", 3) })
        {
            Assert.All(math.Descendants(element), found => Assert.Equal(count, found.Elements().Count()));
        }
    }

    [Theory]
    [InlineData(@"\unknowncommand x")]
    [InlineData(@"\frac{a}")]
    [InlineData("{x")]
    [InlineData("x}")]
    [InlineData("x^")]
    [InlineData("x^2^3")]
    [InlineData(@"\left( x")]
    [InlineData(@"\begin{tikzcd} x \end{tikzcd}")]
    [InlineData(@"\begin{aligned} x")]
    [InlineData(@"\")]
    public void TeX_beyond_the_subset_stays_readable_as_its_source(string tex) =>
        Assert.Equal($"<code class=\"tex\">{System.Net.WebUtility.HtmlEncode(tex)}</code>", TexToMathMl.Render(tex, display: false));

    [Fact]
    public void No_text_makes_the_renderer_throw()
    {
        string[] parts = ["\\", "{", "}", "^", "_", "&", "x", "12", "\\frac", "\\left", "\\right", "(", ".", "\\sum", "\\text", "\\begin", "{aligned}", "\\end", "\\\\", " ", "'", "\\sqrt", "[", "]", "\\hat", "\\mathbb", "😀", "\\big", "\\limits"];
        Gen.Int[0, parts.Length - 1].Array[0, 12].Sample(chosen =>
            XElement.Parse(TexToMathMl.Render(string.Concat(chosen.Select(index => parts[index])), display: true)).Name.LocalName is "math" or "code");
    }
}
