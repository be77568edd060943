using System.Diagnostics;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Commands;

/// <summary>The rk script with a stand-in for dotnet that notes how it was called.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Dotnet = """
        #!/bin/bash
        echo "$*" >> "$CALLS"
        case $1 in
          --version) [ -z "$NO_SDK" ] && echo 10.0.100 || exit 1 ;;
          --list-sdks) echo "9.0.100 [/usr/share/dotnet/sdk]" ;;
          build)
            if [ -n "$BROKEN" ]; then echo "Program.cs(1,1): error CS1002: ; expected"; exit 1; fi
            mkdir -p "$2/bin/Release/net10.0" "$2/bin/kit"
            touch "$2/bin/Release/net10.0/${2##*/}.dll" "$2/bin/kit/${2##*/}.dll" ;;
          *) echo "cwd=$RESEARCHKIT_CWD root=$RESEARCHKIT_ROOT omp=$OMP_WAIT_POLICY args=${*:2}"; exit 7 ;;
        esac
        """;

    private readonly TemporaryCheckout checkout = new();
    private readonly string calls;

    public LauncherTests()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("rk is the launcher of other systems");
        calls = Path.Combine(checkout.Root, "calls");
        File.Copy(Path.Combine(Repository.Checkout.Root, "rk"), Path.Combine(checkout.Root, "rk"));
        foreach (var project in new[] { "ResearchKit.Cli", "ResearchKit.Interactive" })
        {
            Directory.CreateDirectory(Path.Combine(checkout.Root, "lib", project));
            File.WriteAllText(Path.Combine(checkout.Root, "lib", project, "Program.cs"), "");
        }
        File.WriteAllText(Path.Combine(checkout.Root, "Directory.Build.props"), "");
        File.WriteAllText(Path.Combine(checkout.Root, "global.json"), "{}");
        Directory.CreateDirectory(Path.Combine(checkout.Root, "tools"));
        WriteProgram("dotnet", Dotnet);
    }

    [Fact]
    public async Task It_builds_first_and_then_only_what_changed()
    {
        var first = await StartAsync();
        Assert.Equal(7, first.ExitCode);
        Assert.Equal(["ResearchKit.Cli", "ResearchKit.Interactive"], Built());
        await StartAsync();
        Assert.Empty(Built());

        await TouchLaterAsync("lib/ResearchKit.Cli/Program.cs");
        await StartAsync();
        Assert.Equal(2, Built().Count);

        await TouchLaterAsync("Directory.Build.props");
        await StartAsync();
        Assert.Equal(2, Built().Count);

        await TouchLaterAsync("lib/ResearchKit.Cli/bin/other");
        await StartAsync();
        Assert.Empty(Built());

        File.Delete(Path.Combine(checkout.Root, "lib/ResearchKit.Interactive/bin/kit/ResearchKit.Interactive.dll"));
        await StartAsync();
        Assert.Equal(2, Built().Count);
    }

    [Fact]
    public async Task It_hands_over_the_callers_folder_the_arguments_and_the_exit_code()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(checkout.Root, "else where")).FullName;
        var run = await StartAsync(folder: elsewhere);
        Assert.Equal(7, run.ExitCode);
        Assert.Contains($"cwd={elsewhere} root={checkout.Root} omp=PASSIVE args=run a b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_errors_and_exits_with_2()
    {
        var run = await StartAsync(("BROKEN", "1"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error CS1002", run.Errors, StringComparison.Ordinal);
        Assert.Contains("the build of lib/ResearchKit.Cli failed", run.Errors, StringComparison.Ordinal);
        Assert.Equal(7, (await StartAsync()).ExitCode);
    }

    [Fact]
    public async Task A_missing_SDK_is_named()
    {
        var run = await StartAsync(("NO_SDK", "1"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(".NET 10 SDK is missing. Installed: 9.0.100", run.Errors, StringComparison.Ordinal);
        File.Delete(Path.Combine(checkout.Root, "tools", "dotnet"));
        foreach (var program in new[] { "bash", "dirname", "readlink" }) File.CreateSymbolicLink(Path.Combine(checkout.Root, "tools", program), $"/usr/bin/{program}");
        run = await StartAsync(("PATH", Path.Combine(checkout.Root, "tools")));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no dotnet on the PATH", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => checkout.Dispose();

    private async Task<RkResult> StartAsync((string Name, string Value)? variable = null, string? folder = null)
    {
        File.Delete(calls);
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(checkout.Root, "rk"), "run", "a b"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? checkout.Root };
        start.Environment["PATH"] = $"{Path.Combine(checkout.Root, "tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = calls;
        start.Environment.Remove("OMP_WAIT_POLICY");
        if (variable is { } set) start.Environment[set.Name] = set.Value;
        using var process = Process.Start(start)!;
        return await Rk.EndAsync(process);
    }

    private List<string> Built() => [.. File.ReadAllLines(calls).Where(call => call.StartsWith("build ", StringComparison.Ordinal)).Select(call => Path.GetFileName(call.Split(' ')[1]))];

    private async Task TouchLaterAsync(string path)
    {
        await Task.Delay(50);
        await File.WriteAllTextAsync(Path.Combine(checkout.Root, path), "changed");
    }

    private void WriteProgram(string name, string text)
    {
        var path = Path.Combine(checkout.Root, "tools", name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
