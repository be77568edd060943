using System.ComponentModel;
using System.Diagnostics;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>PyTorch to compare with: the interpreter named by RESEARCHKIT_PYTHON, or the system's.</summary>
internal static class Python
{
    internal static string Interpreter => Environment.GetEnvironmentVariable("RESEARCHKIT_PYTHON") is { Length: > 0 } chosen ? chosen : OperatingSystem.IsWindows() ? "python" : "/usr/bin/python3";

    internal static string Script => Path.Combine(AppContext.BaseDirectory, "steps.py");

    /// <summary>The version of PyTorch and of the BLAS behind it; or null, and why there is none.</summary>
    internal static (string? Version, string Why) Torch()
    {
        const string Ask = "import torch, sys; print('PyTorch', torch.__version__, 'with', 'MKL' if torch.backends.mkl.is_available() else 'the system BLAS')";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", Ask]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (answer, errors) = (process.StandardOutput.ReadToEnd().Trim(), process.StandardError.ReadToEnd().Trim());
            process.WaitForExit();
            return process.ExitCode == 0 ? (answer, "") : (null, $"not measured: {Interpreter} has no torch ({errors.Split('\n')[^1]}); RESEARCHKIT_PYTHON names another interpreter");
        }
        catch (Win32Exception)
        {
            return (null, $"not measured: there is no {Interpreter}; RESEARCHKIT_PYTHON names another interpreter");
        }
    }
}
