using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using ResearchKit.Cli.Export.Math;

namespace ResearchKit.Cli.Export;

/// <summary>$...$ and $$...$$ as MathML instead of Markdig's text for MathJax.</summary>
internal sealed class MathMlExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html) return;
        html.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineRenderer());
        html.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockRenderer());
    }

    private sealed class InlineRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) =>
            renderer.Write(TexToMathMl.Render(obj.Content.ToString(), display: obj.DelimiterCount == 2));
    }

    private sealed class BlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
            renderer.Write(TexToMathMl.Render(obj.Lines.ToString(), display: true));
    }
}
