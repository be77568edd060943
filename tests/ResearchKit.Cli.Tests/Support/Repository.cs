using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>The repository these tests are part of.</summary>
internal static class Repository
{
    internal static Checkout Checkout { get; } = Find();

    private static Checkout Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ResearchKit.sln"))) return new Checkout(folder);
        }
        throw new DirectoryNotFoundException($"no ResearchKit.sln above {AppContext.BaseDirectory}");
    }
}
