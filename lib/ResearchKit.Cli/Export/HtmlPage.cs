using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Export;

internal static class HtmlPage
{
    internal static string Render(Notebook notebook, NotebookEntry entry, string? plotlyScript) => notebook.Title + entry.Slug + plotlyScript;
}
