using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResearchKit.Runtime;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

/// <summary>A training run in a process of its own, to be killed: the test assembly started again with a variable set.</summary>
internal static class Trainee
{
    private const string Folder = "RESEARCHKIT_TEST_TRAINEE_FOLDER", Seed = "RESEARCHKIT_TEST_TRAINEE_SEED", Hold = "RESEARCHKIT_TEST_TRAINEE_HOLD";

    internal static TrainerOptions Options { get; } = new()
    {
        Steps = 40, LearningRate = 0.02, WarmupSteps = 5, Decay = Decay.Cosine, WeightDecay = 0.01, CheckpointEvery = 2, Resume = true,
    };

    /// <summary>Trains, or goes on training, in this process.</summary>
    internal static (float[] Weights, string History) Train(long seed, string? folder, Action<int>? onStep = null)
    {
        using var task = new TinyRegression(seed);
        var options = Options with { CheckpointFolder = folder, Resume = folder is not null };
        var history = Trainer.Run(task.Model, options, task.Loss, state: task.State, onStep: onStep);
        return (task.Weights(), history.ToJson());
    }

    /// <summary>Starts the run in a process that reports each finished step, and that waits for its end after step <paramref name="hold"/>.</summary>
    internal static Process Start(long seed, string folder, int hold)
    {
        // .../shared/Microsoft.NETCore.App/10.0.x/ lies three folders below the dotnet that runs this test.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(Trainee).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[Folder] = folder;
        start.Environment[Seed] = seed.ToString(CultureInfo.InvariantCulture);
        start.Environment[Hold] = hold.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    // Before the test framework's own entry point; does nothing in an ordinary test run.
#pragma warning disable CA2255 // this assembly is an application
    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder) return;
        NativeTorch.Load(threads: 1);
        var hold = Number(Hold);
        Train(Number(Seed), folder, step =>
        {
            Console.Out.WriteLine(step);
            Console.Out.Flush();
            if (step == hold) Thread.Sleep(Timeout.Infinite);
        });
        Environment.Exit(0);
    }
#pragma warning restore CA2255

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable)!, CultureInfo.InvariantCulture);
}
