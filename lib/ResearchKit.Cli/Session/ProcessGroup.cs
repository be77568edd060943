using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ResearchKit.Cli.Session;

/// <summary>A session leads a process group, so that Ctrl-C reaches its parent alone and one kill ends all it started.</summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9;

    internal static void LeadOwn()
    {
        if (!OperatingSystem.IsWindows()) _ = SetProcessGroup(0, 0);
    }

    internal static void End(Process leader)
    {
        if (!leader.HasExited) leader.Kill(entireProcessTree: true);
        if (!OperatingSystem.IsWindows()) _ = Signal(-leader.Id, Kill);
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
