using ResearchKit.Cli.Doctor;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>A Python that has what Debian's packages bring; a test is skipped where it has not.</summary>
internal static class Python
{
    private const string System = "/usr/bin/python3";

    /// <summary>The interpreter's path, once it has imported the module.</summary>
    internal static async Task<string> WithAsync(string module)
    {
        var python = File.Exists(System) ? System : Programs.Find("python3");
        if (python is null) Assert.Skip("no python3 on the PATH");
        if (await Programs.OutputAsync(python, AppContext.BaseDirectory, "-c", $"import {module}") is null) Assert.Skip($"python3 has no {module} (apt-get install python3-{module.Replace('_', '-')})");
        return python;
    }
}
