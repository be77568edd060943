using System.Globalization;
using System.Text.Json.Nodes;
using PuppeteerSharp;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Pictures;

/// <summary>
/// Static pictures for a notebook's figures. A saved notebook carries no plotly.js, and every viewer prefers HTML to a
/// picture: so a figure that has its picture keeps its text, its picture and Plotly's JSON, and no HTML that would
/// only say that it cannot be drawn.
/// </summary>
internal static class NotebookPictures
{
    internal const string Png = "image/png";

    /// <summary>Adds a picture to every figure that has none. Without a browser nothing changes and the result says why.</summary>
    internal static async Task<PictureReport> AddAsync(Notebook notebook, string? plotlyScript)
    {
        var figures = Figures(notebook).Where(data => !data.ContainsKey(Png)).ToList();
        if (figures.Count == 0) return new PictureReport([], null);
        if (plotlyScript is null) return new PictureReport([], "the notebook brings no plotly.js (Kit.Start in its first cell does)");
        if (HeadlessChromium.Find() is not { } program) return new PictureReport([], $"there is no Chromium on this machine ({HeadlessChromium.Mend})");
        try
        {
            var pictures = new List<byte[]>();
            await using (var painter = await FigurePainter.StartAsync(program, plotlyScript).ConfigureAwait(false))
            {
                foreach (var figure in figures) pictures.Add(await painter.PngAsync(figure[KitMimes.Plotly]!).ConfigureAwait(false));
            }
            // Only now, so that a browser that fails halfway leaves all figures as they were.
            foreach (var (figure, picture) in figures.Zip(pictures)) Replace(figure, picture);
            return new PictureReport([.. pictures.Select(picture => picture.Length)], null);
        }
        catch (Exception error) when (error is PuppeteerException or TimeoutException)
        {
            return new PictureReport([], $"Chromium ({program}) drew none: {error.Message.Split('\n')[0]}");
        }
    }

    /// <summary>The bundles of the notebook's figures, Plotly charts of a user's own included.</summary>
    internal static IEnumerable<JsonObject> Figures(Notebook notebook) =>
        notebook.Cells.SelectMany(cell => cell.Outputs).Select(output => output?["data"]).OfType<JsonObject>().Where(data => data[KitMimes.Plotly] is JsonObject);

    private static void Replace(JsonObject figure, byte[] picture)
    {
        figure.Remove("text/html");
        // By MIME type, as all bundles are written.
        figure.Insert(figure.IndexOf(KitMimes.Plotly) + 1, Png, Convert.ToBase64String(picture));
    }
}

/// <summary>The pictures that were made, by their sizes in bytes, or why there are none.</summary>
internal sealed record PictureReport(IReadOnlyList<int> Sizes, string? Missing)
{
    public override string ToString() => Missing is not null
        ? $"no pictures: {Missing}"
        : string.Create(CultureInfo.InvariantCulture, $"{Sizes.Count} pictures, {Sizes.Sum() / 1024.0:F0} KB in all, the largest {Sizes.DefaultIfEmpty(0).Max() / 1024.0:F0} KB");
}
