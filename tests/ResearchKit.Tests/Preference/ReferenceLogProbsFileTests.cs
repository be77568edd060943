using ResearchKit.Checkpoints;
using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Tests.Models;
using ResearchKit.Tests.Support;
using ResearchKit.Text;
using ResearchKit.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class ReferenceLogProbsFileTests : IDisposable
{
    private static readonly TokenizedPair[] Pairs =
        [new([1, 5], [7, 2], [8, 9, 2]), new([1, 6, 4], [3, 3, 3, 2], [2]), new([1], [4, 2], [10, 11]), new([1, 9], [12, 2], [13, 14, 15, 2])];

    private static readonly int[] All = [0, 1, 2, 3];
    private static readonly WordVocabulary Words = Vocabulary("w");

    private readonly TempFolder folder = new();
    private readonly CausalLM reference = TinyModels.Create();
    private int forwards;

    private string Path => folder["data/reference.safetensors"];

    public void Dispose()
    {
        reference.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_is_read_back_has_the_bits_of_what_was_computed()
    {
        var computed = ReferenceLogProbs.Precompute(reference, Pairs, Words.PadId);

        var first = ReferenceLogProbsFile.LoadOrCompute(Path, reference, Pairs, Words, out var before);
        var again = ReferenceLogProbsFile.LoadOrCompute(Path, reference, Pairs, Words, out var after);

        using var scope = NewDisposeScope();
        foreach (var values in new[] { first, again, ReferenceLogProbsFile.Load(Path, reference, Pairs, Words) })
        {
            Assert.True(TinyModels.SameBits(computed.Batch([2, 0, 3]), values.Batch([2, 0, 3])));
            Assert.True(TinyModels.SameBits(computed.Sums(All, ScalarType.Float64).Rejected, values.Sums(All, ScalarType.Float64).Rejected));
        }
        Assert.Equal($"there was no file; 4 pairs were scored by the reference and kept in {Path}", before);
        Assert.Equal($"4 pairs from {Path}; no forward pass of the reference", after);
        Assert.Equal([Path], Directory.GetFiles(folder["data"]));
    }

    [Fact]
    public void A_second_run_trains_alike_without_one_forward_pass_of_the_reference()
    {
        var first = Train(Counted(out _));
        Assert.Equal(1, forwards);

        var keys = Keys();
        var kept = ReferenceLogProbsFile.LoadOrCompute(Path, keys, Pairs, CPU, () => throw new InvalidOperationException("a forward pass of the reference"), out _);
        reference.Dispose(); // no forward pass is possible from here on

        Assert.Equal(first, Train(kept));
        Assert.Equal(1, forwards);
    }

    [Fact]
    public void Of_a_float64_model_the_full_numbers_are_kept()
    {
        reference.to(ScalarType.Float64);
        var computed = ReferenceLogProbs.Precompute(reference, Pairs, Words.PadId);
        ReferenceLogProbsFile.LoadOrCompute(Path, reference, Pairs, Words, out _);

        using var scope = NewDisposeScope();
        var kept = ReferenceLogProbsFile.Load(Path, reference, Pairs, Words);

        Assert.True(TinyModels.SameBits(computed.Batch(All, ScalarType.Float64), kept.Batch(All, ScalarType.Float64)));
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "a token", "the pairs' tokens are others" },
        { "a border", "the pairs' tokens are others" },
        { "the order", "the pairs' tokens are others" },
        { "a weight", "the reference's weights are others" },
        { "the shape", "the reference's weights are others" },
        { "an adapter", "the reference's weights are others" },
        { "a word", "the tokenizer's vocabulary is another" },
        { "the type", "the reference's weights are others" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_stale_file_is_refused_and_computed_again_and_the_note_says_what_changed(string change, string why)
    {
        Counted(out _);
        IReadOnlyList<TokenizedPair> pairs = Pairs;
        ITokenizer words = Words;
        using var other = change == "the shape" ? TinyModels.Create(ModelFamily.Llama) : reference.Copy();
        using var generator = new Generator(3);
        switch (change)
        {
            case "a token":
                pairs = [.. Pairs[..3], Pairs[3] with { Rejected = [13, 14, 16, 2] }];
                break;
            case "a border": // the same ids in a row; the answer begins one later
                pairs = [.. Pairs[..3], new([1, 9, 12], [2], [13, 14, 15, 2])];
                break;
            case "the order":
                pairs = [.. Pairs.Reverse()];
                break;
            case "a weight":
                using (no_grad()) other.parameters().First().view(-1)[5].add_(1e-6);
                break;
            case "an adapter":
                var adapter = LoraAdapter.Attach(other, new LoraOptions { TargetModules = ["c_attn"] }, generator);
                using (adapter.Disabled()) Assert.Equal(Keys(), ReferenceKeys.Of(other, Pairs, Words)); // off, it is its base
                break;
            case "a word":
                words = Vocabulary("v");
                break;
            case "the type":
                other.to(ScalarType.Float64);
                break;
        }

        var error = Assert.Throws<CheckpointException>(() => ReferenceLogProbsFile.Load(Path, other, pairs, words));
        Assert.Contains($"the log-probabilities are stale: {why}", error.Message, StringComparison.Ordinal);
        Assert.Equal(Path, error.File);

        var anew = ReferenceLogProbsFile.LoadOrCompute(Path, other, pairs, words, out var note);
        Assert.StartsWith(error.Message.TrimEnd('.') + "; 4 pairs were scored by the reference and kept", note, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        Assert.True(TinyModels.SameBits(anew.Batch(All), ReferenceLogProbsFile.Load(Path, other, pairs, words).Batch(All)));
        Assert.True(TinyModels.SameBits(anew.Batch(All), ReferenceLogProbs.Precompute(other, pairs, 0).Batch(All)));
    }

    [Fact]
    public void Cut_anywhere_or_with_any_byte_changed_the_file_is_refused_and_computed_again()
    {
        Counted(out _);
        var (whole, keys) = (File.ReadAllBytes(Path), Keys());
        var faults = Enumerable.Range(0, whole.Length).Where(at => at % 37 == 0 || at > whole.Length - 3).Select(at => whole[..at])
            .Concat(Enumerable.Range(0, whole.Length).Where(at => at % 11 == 0).Select(at => Changed(whole, at)));
        foreach (var bytes in faults)
        {
            File.WriteAllBytes(Path, bytes);
            Assert.Throws<CheckpointException>(() => ReferenceLogProbsFile.Load(Path, reference, Pairs, Words));
        }
        forwards = 0;
        Counted(out var note);
        Assert.Equal(1, forwards);
        Assert.Contains("torn or changed", note, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(Path));
    }

    [Fact]
    public void What_a_killed_writer_left_is_not_taken_for_the_file()
    {
        Counted(out _);
        File.WriteAllBytes(Path + ".tmp", File.ReadAllBytes(Path)[..100]);
        File.Delete(Path);

        Counted(out var note);

        Assert.StartsWith($"{Path}.tmp was left half-written and is not used; 4 pairs were scored", note, StringComparison.Ordinal);
        Assert.Equal([Path], Directory.GetFiles(folder["data"]));
    }

    [Fact]
    public void Where_the_file_cannot_be_written_the_numbers_are_given_and_the_note_says_so()
    {
        Directory.CreateDirectory(Path); // a folder is in the place

        var values = Counted(out var note);

        Assert.NotNull(values);
        Assert.Contains(", but not kept: ", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_safetensors_file_is_refused()
    {
        using var weights = zeros(3);
        SafeTensorsWriter.Write(Path, new Dictionary<string, Tensor> { ["chosen"] = weights });

        var error = Assert.Throws<CheckpointException>(() => ReferenceLogProbsFile.Load(Path, reference, Pairs, Words));

        Assert.Contains("no reference log-probabilities of this kit: found 'no format'", error.Message, StringComparison.Ordinal);
    }

    private static WordVocabulary Vocabulary(string letter) => WordVocabulary.Of(Enumerable.Range(0, 28).Select(i => i == 7 ? letter : $"word{i}"));

    private static byte[] Changed(byte[] whole, int at)
    {
        byte[] bytes = [.. whole];
        bytes[at] ^= 4;
        return bytes;
    }

    private ReferenceKeys Keys() => ReferenceKeys.Of(reference, Pairs, Words);

    // The forward passes of a reference that scores all pairs in one batch.
    private ReferenceLogProbs Counted(out string note) => ReferenceLogProbsFile.LoadOrCompute(Path, Keys(), Pairs, CPU, () =>
    {
        forwards++;
        return ReferenceLogProbs.Precompute(reference, Pairs, Words.PadId);
    }, out note);

    // DPO over two epochs; the policy begins as the reference did.
    private static double[] Train(ReferenceLogProbs reference)
    {
        using var policy = TinyModels.Create();
        var history = Trainer.Run(policy, new TrainerOptions { Steps = 4, LearningRate = 1e-3 }, context =>
        {
            int[] rows = context.Step % 2 == 0 ? [0, 3] : [2, 1];
            using var batch = PairBatch.Collate([.. rows.Select(row => Pairs[row])], Words.PadId);
            var pairs = PairLogProbs.Of(policy.Forward(batch.Ids), reference.Batch(rows), batch);
            return new StepLoss(DpoLoss.Compute(pairs.PolicyChosen, pairs.PolicyRejected, pairs.ReferenceChosen, pairs.ReferenceRejected, beta: 0.5).Losses.mean());
        });
        return [.. history[History.Loss], .. history[History.GradientNorm]];
    }
}
