using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Where Jupyter looks for kernelspecs.</summary>
internal static class KernelFolders
{
    /// <summary>Under a prefix (an environment's folder), else the user's own.</summary>
    internal static string Of(string? prefix) =>
        prefix is not null ? Path.Combine(Path.GetFullPath(prefix, Checkout.CallerFolder), "share", "jupyter", "kernels") : Path.Combine(UserData(), "kernels");

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named) return named;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        return Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
