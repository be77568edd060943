using PuppeteerSharp;
using ResearchKit.Cli.Doctor;

namespace ResearchKit.Cli.Pictures;

/// <summary>A Chromium without a window and with a profile of its own, gone with it.</summary>
internal sealed class HeadlessChromium : IAsyncDisposable
{
    internal const string Variable = "RESEARCHKIT_CHROMIUM";
    internal const string Mend = "apt-get install chromium, or name one in " + Variable;

    private readonly IBrowser browser;
    private readonly DirectoryInfo profile;

    private HeadlessChromium(IBrowser browser, DirectoryInfo profile) => (this.browser, this.profile) = (browser, profile);

    /// <summary>RESEARCHKIT_CHROMIUM's program, else the first known one on the PATH, else null.</summary>
    internal static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? File.Exists(named) ? named : throw new CliException($"{Variable} names {named}, which is not a file.")
        : Programs.Find("chromium", "chromium-browser", "google-chrome", "chrome");

    internal static async Task<HeadlessChromium> StartAsync(string program)
    {
        var profile = Directory.CreateTempSubdirectory("rk-chromium-");
        try
        {
            var browser = await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = program,
                Headless = true,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
                UserDataDir = profile.FullName,
                // A crowded machine takes its time.
                Timeout = 180_000,
            }).ConfigureAwait(false);
            return new HeadlessChromium(browser, profile);
        }
        catch
        {
            profile.Delete(recursive: true);
            throw;
        }
    }

    internal async Task<IPage> NewPageAsync()
    {
        var page = await browser.NewPageAsync().ConfigureAwait(false);
        page.DefaultTimeout = page.DefaultNavigationTimeout = 120_000;
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync().ConfigureAwait(false);
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser may still be writing; the system's temporary folder is swept anyway.
        }
    }
}
