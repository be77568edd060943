using System.Runtime.InteropServices;

namespace ResearchKit.Runtime;

/// <summary>
/// What must be in force before libgomp and libtorch load. OMP_WAIT_POLICY=PASSIVE keeps idle threads from spinning
/// (a step of a small model on a busy machine: 1,500 ms spinning, 180 ms passive); the malloc settings keep large
/// tensors' pages instead of faulting them in at every step (a whole step: 1.3 times faster).
/// </summary>
internal static partial class ProcessTuning
{
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;

    /// <summary>Applies both; what the user has set in the environment stays. Returns whether malloc was tuned.</summary>
    internal static bool Apply(out string waitPolicy)
    {
        waitPolicy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is { Length: > 0 } chosen ? chosen : "PASSIVE";
        if (!OperatingSystem.IsLinux())
        {
            Environment.SetEnvironmentVariable("OMP_WAIT_POLICY", waitPolicy);
            return false;
        }
        try
        {
            // .NET keeps its own copy of the environment; native getenv sees only libc's.
            _ = SetEnv("OMP_WAIT_POLICY", waitPolicy, 1);
            return MallocOption(MmapThreshold, 1 << 30) != 0
                && MallocOption(TrimThreshold, int.MaxValue) != 0
                && MallocOption(TopPad, 64 << 20) != 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false; // another C library (musl) has no mallopt; only speed is lost
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);
}
