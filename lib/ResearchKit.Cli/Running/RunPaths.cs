namespace ResearchKit.Cli.Running;

/// <summary>What a run writes and where.</summary>
internal sealed record RunPaths(string Folder, string Slug)
{
    internal string Notebook => Path.Combine(Folder, $"{Slug}.ipynb");

    internal string Html => Path.Combine(Folder, $"{Slug}.html");

    internal string Record(string scale) => Path.Combine(Folder, $"{Slug}.{scale}.json");
}
