using PuppeteerSharp;
using PuppeteerSharp.Media;
using ResearchKit.Cli.Pictures;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>Headless Chromium without network; a test is skipped where none is installed.</summary>
internal static class Chromium
{
    internal sealed record Page(int Figures, int Drawn, IReadOnlyList<string> Requests, IReadOnlyList<string> Errors, string? Answer);

    /// <summary>The browser's path; without one the test that asks is skipped.</summary>
    internal static string Program()
    {
        var program = HeadlessChromium.Find();
        Assert.SkipWhen(program is null, $"no Chromium ({HeadlessChromium.Mend})");
        return program!;
    }

    /// <summary>Opens the page, waits until its figures are drawn and asks it the question, an expression in its JavaScript; on paper it is as wide as A4's text.</summary>
    internal static async Task<Page> OpenAsync(string path, string question = "null", bool onPaper = false)
    {
        await using var browser = await HeadlessChromium.StartAsync(Program());
        await using var page = await browser.NewPageAsync();
        await page.SetOfflineModeAsync(true);
        if (onPaper)
        {
            await page.SetViewportAsync(new ViewPortOptions { Width = 680, Height = 960 });
            await page.EmulateMediaTypeAsync(MediaType.Print);
        }
        var requests = new List<string>();
        var errors = new List<string>();
        page.Request += (_, request) => { if (!request.Request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Request.Url.StartsWith("blob:", StringComparison.Ordinal)) requests.Add(request.Request.Url); };
        page.PageError += (_, error) => errors.Add(error.Message);
        await page.GoToAsync(new Uri(path).AbsoluteUri, WaitUntilNavigation.Load);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.js-plotly-plot').length >= document.querySelectorAll('.researchkit-figure').length");
        return new Page(
            await page.EvaluateExpressionAsync<int>("document.querySelectorAll('.researchkit-figure').length"),
            await page.EvaluateExpressionAsync<int>("document.querySelectorAll('.js-plotly-plot').length"),
            requests,
            errors,
            await page.EvaluateExpressionAsync<string?>(question));
    }
}
