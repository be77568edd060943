namespace ResearchKit.Tests.Support;

/// <summary>Where this checkout's own files and the optional folder of real inputs beside it are.</summary>
internal static class Checkout
{
    internal static string Root { get; } = FindRoot();

    /// <summary>A path under ../shared; the test is skipped, with its reason, where it is missing.</summary>
    internal static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path)) Assert.Skip($"../shared/{relative} is not beside this checkout");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ResearchKit.sln"))) return folder;
        }
        throw new DirectoryNotFoundException($"no ResearchKit.sln above {AppContext.BaseDirectory}");
    }
}
