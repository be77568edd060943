using ResearchKit.Checkpoints;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public sealed class ResumeTests
{
    private static readonly TrainerOptions Options = new()
    {
        Steps = 40, LearningRate = 0.02, WarmupSteps = 5, Decay = Decay.Linear, WeightDecay = 0.01, Accumulation = 2, CheckpointEvery = 8,
    };

    [Fact]
    public void A_cancelled_run_resumes_to_the_bits_of_one_that_was_not()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder["run"], Resume = true };
        var (weights, history) = Whole();

        // Cancelled between the micro-batches of step 13, at a step's border, and between checkpoints.
        var stopped = Train(options, (context, source) => { if (context is { Step: 13, Micro: 1 }) source.Cancel(); });
        Assert.True(stopped.History.Stopped);
        Assert.Equal(12, stopped.History.Steps.Count);
        Train(options, (context, source) => { if (context is { Step: 26, Micro: 0 }) source.Cancel(); });
        var resumed = Train(options);

        Assert.Equal(weights, resumed.Weights);
        Assert.Equal(history, resumed.History.ToJson());
    }

    [Fact]
    public void A_run_that_is_complete_resumes_to_itself_at_once()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder["run"], Resume = true };
        var first = Train(options);
        var again = Train(options, (_, _) => Assert.Fail("nothing was left to do"));

        Assert.Equal(first.Weights, again.Weights);
        Assert.Equal(first.History.ToJson(), again.History.ToJson());
    }

    [Fact]
    public void The_folder_keeps_the_two_newest_and_leftovers_of_a_killed_writer_are_tidied()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder.Root, Resume = true };
        File.WriteAllText(folder["step-00000003.safetensors.tmp"], "torn");
        File.WriteAllText(folder["notes.txt"], "mine");

        Train(options);

        Assert.Equal(["notes.txt", "step-00000032.safetensors", "step-00000040.safetensors"], Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order());
    }

    public static TheoryData<string, Action<string>, string> Damages => new()
    {
        { "torn", path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]), "past the file's end" },
        { "empty", path => File.WriteAllBytes(path, []), "the file is empty" },
        { "one weight's bit flipped", path => Flip(path, ^1), "was changed or torn after it was written" },
        { "a figure of the state changed", path => Replace(path, "learning_rate", "learning_rats"), "was changed or torn after it was written" },
        { "the step changed", path => Replace(path, "\"step\":\"40\"", "\"step\":\"41\""), "was changed or torn after it was written" },
        { "the step no number", path => Replace(path, "\"step\":\"40\"", "\"step\":\"4x\""), "the step is not a number: found '4x'" },
        { "another format", path => Replace(path, "researchkit.training/1", "researchkit.training/2"), "no training checkpoint of this kit: found 'researchkit.training/2'" },
        { "no hash", path => Replace(path, "\"sha256\"", "\"sha257\""), "a field of the metadata is missing: found no 'sha256'" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_checkpoint_is_named_and_the_one_before_it_is_taken(string damage, Action<string> hurt, string words)
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder.Root, Resume = true };
        var whole = Train(options);
        hurt(folder["step-00000040.safetensors"]);

        Assert.True(Assert.Throws<CheckpointException>(() => TrainingCheckpoint.Open(folder["step-00000040.safetensors"])).Message.Contains(words, StringComparison.Ordinal), damage);
        using (var previous = TrainingCheckpoint.Latest(folder.Root, out var skipped))
        {
            Assert.Equal(32, previous!.Step);
            Assert.Contains(words, Assert.Single(skipped), StringComparison.Ordinal);
        }
        Assert.Equal(whole.Weights, Train(options).Weights);
    }

    [Fact]
    public void Where_no_checkpoint_is_whole_the_error_names_each()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder.Root, Resume = true };
        Train(options);
        foreach (var path in Directory.GetFiles(folder.Root)) Flip(path, ^1);

        var error = Assert.Throws<CheckpointException>(() => Train(options));

        Assert.Contains("no checkpoint is whole", error.Message, StringComparison.Ordinal);
        Assert.Contains("step-00000032", error.Message, StringComparison.Ordinal);
        Assert.Contains("step-00000040", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_with_what_differs()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder.Root, Resume = true };
        Train(options);

        Assert.Contains("another LearningRate: found 0.02, expected 0.03", Refusal(options with { LearningRate = 0.03 }), StringComparison.Ordinal);
        Assert.Contains("another Decay: found \"Linear\", expected \"Cosine\"", Refusal(options with { Decay = Decay.Cosine }), StringComparison.Ordinal);
        Assert.Contains("holds checkpoints of an earlier run", Refusal(options with { Resume = false }), StringComparison.Ordinal);

        using var task = new TinyRegression(21);
        var fewer = Assert.Throws<CheckpointException>(() => Trainer.Run(task.Model, options, task.Loss));
        Assert.Contains("streams are not this run's: found 'noise' as well", fewer.Message, StringComparison.Ordinal);
        using var wider = TorchSharp.torch.nn.Sequential(("first", TorchSharp.torch.nn.Linear(4, 17)), ("second", TorchSharp.torch.nn.Linear(17, 1)));
        var other = Assert.Throws<CheckpointException>(() => Trainer.Run(wider, options, task.Loss, state: task.State));
        Assert.Contains("expected Float32 [17, 4]", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_flipped_bit_of_a_checkpoint_goes_unnoticed()
    {
        using var folder = new TempFolder();
        Train(Options with { Steps = 2, CheckpointFolder = folder.Root });
        var whole = File.ReadAllBytes(folder["step-00000002.safetensors"]);
        var rng = new Rng(22);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var bytes = whole.ToArray();
            bytes[rng.Next(bytes.Length)] ^= (byte)(1 << rng.Next(8));
            File.WriteAllBytes(folder["flipped"], bytes);

            Assert.Throws<CheckpointException>(() => TrainingCheckpoint.Open(folder["flipped"]));
        }
    }

    [Fact]
    public void Two_runs_cannot_write_to_one_folder_at_a_time()
    {
        using var folder = new TempFolder();
        var options = Options with { CheckpointFolder = folder.Root, Resume = true };
        CheckpointException? error = null;

        Train(options, (context, _) => error ??= Assert.Throws<CheckpointException>(() => Train(options)));

        Assert.Contains("another run writes to the folder", error!.Message, StringComparison.Ordinal);
    }

    private static string Refusal(TrainerOptions options) => Assert.Throws<CheckpointException>(() => Train(options)).Message;

    private static (float[] Weights, string History) Whole()
    {
        var (weights, history) = Train(Options);
        return (weights, history.ToJson());
    }

    private static (float[] Weights, History History) Train(TrainerOptions options, Action<StepContext, CancellationTokenSource>? before = null)
    {
        using var task = new TinyRegression(21);
        using var source = new CancellationTokenSource();
        var history = Trainer.Run(
            task.Model, options,
            context =>
            {
                before?.Invoke(context, source);
                source.Token.ThrowIfCancellationRequested();
                return task.Loss(context);
            },
            state: task.State, cancellationToken: source.Token);
        return (task.Weights(), history);
    }

    private static void Flip(string path, Index at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    // Latin-1 maps bytes to characters one to one.
    private static void Replace(string path, string old, string changed)
    {
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)));
    }
}
