namespace ResearchKit.Cli;

internal static class ToolVersion
{
    internal static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);
}
