using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Tests.Session;

public sealed class CompilerWarmUpTests
{
    // A script with an error would stop before the part of the compiler that takes the time.
    [Fact]
    public void The_script_compiled_ahead_has_no_error() => Assert.Empty(CompilerWarmUp.Compile());
}
