using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Export;

/// <summary>A Markdown cell as HTML: tables, footnotes, mathematics; pictures become part of the page.</summary>
internal static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Use<MathMlExtension>().Build();

    internal static string Render(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>A line of Markdown without the paragraph around it.</summary>
    internal static string Inline(string markdown) => Render(markdown).Trim() is var html && html.StartsWith("<p>", StringComparison.Ordinal) ? html["<p>".Length..^"</p>".Length] : html;

    /// <summary>The TeX of every formula.</summary>
    internal static IReadOnlyList<string> Formulas(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        return [.. document.Descendants<MathInline>().Select(math => math.Content.ToString()), .. document.Descendants<MathBlock>().Select(math => math.Lines.ToString())];
    }

    internal static string Render(NotebookCell cell, MarkdownContext context)
    {
        var document = Markdown.Parse(cell.Source, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage) link.Url = Inlined(link.Url ?? "", cell.Json["attachments"] as JsonObject, context.Folder) ?? link.Url;
            else if (Target(link.Url ?? "", context) is { } address) link.Url = address;
        }
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var html = InnerHtml(heading);
            if (context.Outline?.Add(heading.Level, PlainText.Of(html), html) is { } id) heading.GetAttributes().Id = id;
        }
        return document.ToHtml(Pipeline);
    }

    private static string? Target(string url, MarkdownContext context)
    {
        if (url.Length == 0 || url.Contains(':', StringComparison.Ordinal) || url[0] == '#') return null;
        var parts = url.Split('#', 2);
        return context.Address(Path.GetFullPath(Uri.UnescapeDataString(parts[0]), context.Folder)) is { } address ? parts.Length > 1 ? $"{address}#{parts[1]}" : address : null;
    }

    private static string InnerHtml(HeadingBlock heading)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        if (heading.Inline is { } inline) renderer.WriteChildren(inline);
        return writer.ToString();
    }

    private static string? Inlined(string url, JsonObject? attachments, string folder)
    {
        const string Attachment = "attachment:";
        if (url.StartsWith(Attachment, StringComparison.Ordinal))
        {
            return attachments?[url[Attachment.Length..]] is JsonObject forms && forms.FirstOrDefault() is { Value: { } value } form ? $"data:{form.Key};base64,{MultilineText.Join(value)}" : null;
        }
        if (url.Contains(':', StringComparison.Ordinal)) return null;
        var path = Path.Combine(folder, Uri.UnescapeDataString(url));
        if (MediaType(path) is not { } type || !File.Exists(path)) return null;
        return $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
    }

    private static string? MediaType(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".SVG" => "image/svg+xml",
        ".WEBP" => "image/webp",
        _ => null,
    };
}
