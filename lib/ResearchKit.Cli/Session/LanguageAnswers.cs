using Microsoft.DotNet.Interactive.Events;

namespace ResearchKit.Cli.Session;

/// <summary>The engine's answers about code, as they travel to the parent.</summary>
internal static class LanguageAnswers
{
    internal static SessionEvent Completions(IEnumerable<KernelEvent> events, int cell) => new(EventKind.Completed, cell)
    {
        Completions = [.. events.OfType<CompletionsProduced>().SelectMany(produced => produced.Completions).Select(item => new Completion(Text(item), item.Kind))],
    };

    internal static SessionEvent Explanation(IEnumerable<KernelEvent> events, int cell) => new(EventKind.Explained, cell)
    {
        Data = events.OfType<HoverTextProduced>().FirstOrDefault()?.Content.ToDictionary(value => value.MimeType, value => value.Value),
    };

    // A method's text to insert is a snippet with a place for its arguments, a generic type's name ends in <>.
    private static string Text(CompletionItem item) =>
        (item.InsertTextFormat == InsertTextFormat.Snippet ? item.DisplayText : item.InsertText).Split('<')[0];
}
