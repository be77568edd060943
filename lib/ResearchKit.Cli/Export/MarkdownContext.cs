namespace ResearchKit.Cli.Export;

/// <summary>What surrounds a Markdown cell: the folder its relative links are meant from and, in a book, the page.</summary>
internal sealed record MarkdownContext(string Folder)
{
    /// <summary>Takes the page's headings; null leaves their ids to Markdig.</summary>
    internal PageOutline? Outline { get; init; }

    /// <summary>The address that a link to the file with this full path becomes, or null to leave it.</summary>
    internal Func<string, string?> Address { get; init; } = _ => null;
}
