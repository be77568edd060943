using System.Runtime.CompilerServices;
using ResearchKit.Runtime;

namespace ResearchKit.Tests;

internal static class TestSetup
{
    // One torch thread: results do not depend on the machine's cores, and tests run side by side.
    [ModuleInitializer]
    internal static void LoadTorch() => NativeTorch.Load(threads: 1);
}
