using System.Diagnostics;
using System.Globalization;
using ResearchKit.Checkpoints;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Training;

public sealed class KilledRunTests
{
    [Fact]
    public void Killed_at_a_random_moment_a_run_resumes_to_bit_identical_weights_in_twenty_trials()
    {
        var expected = Trainee.Train(seed: 31, folder: null);
        var rng = new Rng(31);
        var trials = Enumerable.Range(0, 20).Select(_ => (AfterStep: 1 + rng.Next(Trainee.Options.Steps - 8), Moment: TimeSpan.FromMicroseconds(rng.Next(4000)))).ToArray();

        Parallel.ForEach(trials, new ParallelOptions { MaxDegreeOfParallelism = 4 }, trial =>
        {
            using var folder = new TempFolder();
            Kill(folder.Root, trial.AfterStep, trial.Moment);
            Assert.False(File.Exists(folder["step-00000040.safetensors"]));

            var resumed = Trainee.Train(seed: 31, folder.Root);

            Assert.Equal(expected.Weights, resumed.Weights);
            Assert.Equal(expected.History, resumed.History);
            Assert.Empty(Directory.GetFiles(folder.Root, "*.tmp"));
            Assert.Equal([38, 40], TrainingCheckpoint.Files(folder.Root).Select(file => file.Step));
        });
    }

    /// <summary>Starts the run and ends it by SIGKILL a moment after the given step was reported, within the next six steps.</summary>
    private static void Kill(string folder, int afterStep, TimeSpan moment)
    {
        using var process = Trainee.Start(seed: 31, folder, hold: afterStep + 6);
        try
        {
            var reported = 0;
            while (reported < afterStep && process.StandardOutput.ReadLine() is { } line) reported = int.Parse(line, CultureInfo.InvariantCulture);
            Assert.Equal(afterStep, reported);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < moment) Thread.SpinWait(50);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
