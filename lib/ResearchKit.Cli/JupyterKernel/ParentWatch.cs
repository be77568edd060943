using System.Runtime.InteropServices;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Ends the kernel of a front end that was killed: it asked for that by naming itself in JPY_PARENT_PID.</summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal static IDisposable? Start(Action end)
    {
        // On Windows the variable holds a handle, and a job of the front end's ends its children.
        if (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("JPY_PARENT_PID") is not { Length: > 0 }) return null;
        var parent = ParentId();
        return new Timer(_ => { if (ParentId() != parent) end(); }, null, Pause, Pause);
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
