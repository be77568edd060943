using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Export;

/// <summary>A Markdown cell as HTML: tables, footnotes, mathematics; pictures become part of the page.</summary>
internal static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Use<MathMlExtension>().Build();

    internal static string Render(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>The TeX of every formula.</summary>
    internal static IReadOnlyList<string> Formulas(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        return [.. document.Descendants<MathInline>().Select(math => math.Content.ToString()), .. document.Descendants<MathBlock>().Select(math => math.Lines.ToString())];
    }

    internal static string Render(NotebookCell cell, string folder)
    {
        var document = Markdown.Parse(cell.Source, Pipeline);
        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            image.Url = Inlined(image.Url ?? "", cell.Json["attachments"] as JsonObject, folder) ?? image.Url;
        }
        return document.ToHtml(Pipeline);
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
