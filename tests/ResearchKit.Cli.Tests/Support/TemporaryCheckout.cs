using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>A repository of its own under the temporary folder, gone at the end of the test.</summary>
internal sealed class TemporaryCheckout : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rk-test-");

    internal TemporaryCheckout() => Checkout = new Checkout(folder.FullName);

    internal Checkout Checkout { get; }

    internal string Root => folder.FullName;

    internal string Out => Checkout.Out;

    internal TemporaryCheckout Add(string slug, NotebookBuilder notebook, string theme = "theme") => Add(slug, notebook.Json(), theme);

    internal TemporaryCheckout Add(string slug, string text, string theme = "theme")
    {
        var path = Path.Combine(Checkout.Notebooks, theme, $"{slug}.ipynb");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
