using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Runtime;

namespace ResearchKit.Training;

/// <summary>
/// Shuffled epochs whose batches hold examples of like length, so that little of a batch is padding: each epoch is
/// shuffled, cut into windows of some batches, sorted by length within each window and cut into batches, and the batches
/// are shuffled. Every index comes once per epoch; one batch of an epoch is smaller where the count is no multiple.
/// </summary>
/// <remarks>
/// As transformers' LengthGroupedSampler, but with the batches shuffled, so that lengths do not run down within a window.
/// Neighbours in a batch are alike in length: a statistic over single batches, such as batch-wise normalisation, sees that.
/// </remarks>
public sealed class LengthOrder : ICheckpointable
{
    private const int LargestWindow = 50, FewestWindows = 4;

    private readonly int[] lengths;
    private readonly int batchSize, window;
    private readonly Rng rng;
    private JsonArray seed = [];
    private int[][] batches = [];
    private int position;

    /// <summary>Shuffles the first epoch.</summary>
    /// <param name="lengths">Tokens of each example, as it is padded (<see cref="Data.TokenLengths"/>).</param>
    /// <param name="batchSize">Examples per batch.</param>
    /// <param name="rng">The stream that shuffles; the order follows from its seed alone.</param>
    /// <param name="window">
    /// Batches that are sorted together: more leaves less padding and less chance, 1 is a plain shuffle. By default 50, or
    /// less where an epoch would hold fewer than 4 windows.
    /// </param>
    public LengthOrder(IReadOnlyList<int> lengths, int batchSize, Rng rng, int? window = null)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfZero(lengths.Count, nameof(lengths));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentNullException.ThrowIfNull(rng);
        ArgumentOutOfRangeException.ThrowIfLessThan(window ?? 1, 1, nameof(window));
        (this.lengths, this.batchSize, this.rng) = ([.. lengths], batchSize, rng);
        this.window = window ?? Math.Clamp(lengths.Count / (FewestWindows * batchSize), 1, LargestWindow);
        Shuffle();
    }

    /// <summary>Whole passes over the data that are behind the next batch, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>The batch that was given out last; empty before the first and after a restore.</summary>
    public IReadOnlyList<int> Current { get; private set; } = [];

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => batches.Length;

    /// <summary>The next batch's indices by rising length, each in 0 .. count-1.</summary>
    public int[] Next()
    {
        var batch = batches[position++];
        Current = batch;
        if (position == batches.Length)
        {
            Epoch++;
            Shuffle();
        }
        return batch;
    }

    /// <summary>The epoch, the place in it and the stream's words before its shuffle; no list of indices.</summary>
    public JsonNode Save() => new JsonObject { ["described"] = Described(), ["epoch"] = Epoch, ["position"] = position, ["rng"] = seed.DeepClone() };

    /// <inheritdoc/>
    public void Restore(JsonNode state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (saved, epoch, place, words) = Checkpointable.Part("an order by length", () => (
            state["described"]!.GetValue<string>(), state["epoch"]!.GetValue<int>(), state["position"]!.GetValue<int>(), Checkpointable.Words(state["rng"]!)));
        if (saved != Described())
            throw new CheckpointException($"the saved order by length is over {saved}, expected {Described()}: the data set or the batches have changed since the checkpoint was written.");
        if (epoch < 0 || place < 0 || place >= batches.Length || words.Length != 4)
            throw new CheckpointException($"the saved order by length is not usable: found epoch {epoch}, position {place}, {words.Length} words, expected a position below {batches.Length} and 4 words.");
        rng.State = words;
        Epoch = epoch;
        Shuffle();
        position = place;
        Current = [];
    }

    private string Described() =>
        FormattableString.Invariant($"{lengths.Length} examples of {lengths.Sum(length => (long)length)} tokens in batches of {batchSize}, {window} to a window");

    private void Shuffle()
    {
        seed = Checkpointable.Words(rng);
        // The sort is stable: examples of one length stay as the shuffle placed them.
        batches = [.. rng.Permutation(lengths.Length).Chunk(window * batchSize).SelectMany(part => part.OrderBy(i => lengths[i]).Chunk(batchSize))];
        rng.Shuffle<int[]>(batches);
        position = 0;
    }
}
