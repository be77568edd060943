using System.Text.Json.Nodes;
using PuppeteerSharp;

namespace ResearchKit.Cli.Pictures;

/// <summary>Plotly itself in a browser page: gives a figure's JSON as PNG, the same bytes for the same figure.</summary>
internal sealed class FigurePainter : IAsyncDisposable
{
    // Notebook width; twice the pixels stay sharp on a dense screen and in print. A figure taller than a page gets one and
    // a half: at twice it alone takes a quarter of what a committed notebook may hold.
    private const string Paint = """
        async text => {
          const figure = JSON.parse(text), layout = figure.layout || {};
          const size = { width: layout.width || 800, height: layout.height || 450 };
          const scale = size.height > 1200 ? 1.5 : 2;
          const made = await Plotly.toImage({ data: figure.data, layout, config: figure.config }, { format: 'png', scale, ...size });
          return made.slice(made.indexOf(',') + 1);
        }
        """;

    private readonly HeadlessChromium browser;
    private readonly IPage page;

    private FigurePainter(HeadlessChromium browser, IPage page) => (this.browser, this.page) = (browser, page);

    /// <summary>Starts a browser with plotly.js as the notebook's set-up cell brought it onto its page.</summary>
    internal static async Task<FigurePainter> StartAsync(string program, string plotlyScript)
    {
        var browser = await HeadlessChromium.StartAsync(program).ConfigureAwait(false);
        try
        {
            var page = await browser.NewPageAsync().ConfigureAwait(false);
            await page.SetContentAsync($"<!DOCTYPE html><html><head><meta charset=\"utf-8\">{plotlyScript}</head><body></body></html>").ConfigureAwait(false);
            await page.WaitForFunctionAsync("() => window.Plotly !== undefined").ConfigureAwait(false);
            return new FigurePainter(browser, page);
        }
        catch
        {
            await browser.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal async Task<byte[]> PngAsync(JsonNode figure) =>
        PalettePng.Shrink(Convert.FromBase64String(await page.EvaluateFunctionAsync<string>(Paint, figure.ToJsonString()).ConfigureAwait(false)));

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
