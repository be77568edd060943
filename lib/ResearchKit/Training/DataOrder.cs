using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Runtime;

namespace ResearchKit.Training;

/// <summary>
/// Batches of indices in shuffled epochs: every index comes once per epoch, the last batch of an epoch is smaller where
/// the count is no multiple of the batch size. The stream belongs to the order alone.
/// </summary>
public sealed class DataOrder : ICheckpointable
{
    private readonly int count;
    private readonly int batchSize;
    private readonly Rng rng;
    private JsonArray seed = [];
    private int[] permutation = [];
    private int position;

    /// <summary>Shuffles the first epoch.</summary>
    /// <param name="count">Examples in the data set.</param>
    /// <param name="batchSize">Examples per batch.</param>
    /// <param name="rng">The stream that shuffles.</param>
    public DataOrder(int count, int batchSize, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentNullException.ThrowIfNull(rng);
        (this.count, this.batchSize, this.rng) = (count, batchSize, rng);
        Shuffle();
    }

    /// <summary>Whole passes over the data that are behind the next batch, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>The batch that was given out last; empty before the first and after a restore.</summary>
    public IReadOnlyList<int> Current { get; private set; } = [];

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => (count + batchSize - 1) / batchSize;

    /// <summary>The next batch's indices, each in 0 .. count-1.</summary>
    public int[] Next()
    {
        var end = Math.Min(position + batchSize, count);
        var batch = permutation[position..end];
        position = end;
        Current = batch;
        if (position == count)
        {
            Epoch++;
            Shuffle();
        }
        return batch;
    }

    /// <summary>The epoch, the place in it and the stream's words before its shuffle; no list of indices.</summary>
    public JsonNode Save() => new JsonObject { ["count"] = count, ["epoch"] = Epoch, ["position"] = position, ["rng"] = seed.DeepClone() };

    /// <inheritdoc/>
    public void Restore(JsonNode state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (saved, epoch, place, words) = Checkpointable.Part("a data order", () => (
            state["count"]!.GetValue<int>(), state["epoch"]!.GetValue<int>(), state["position"]!.GetValue<int>(), Checkpointable.Words(state["rng"]!)));
        if (saved != count) throw new CheckpointException($"the saved data order is over {saved} examples, expected {count}: the data set has changed since the checkpoint was written.");
        if (epoch < 0 || place < 0 || place >= count || words.Length != 4)
            throw new CheckpointException($"the saved data order is not usable: found epoch {epoch}, position {place}, {words.Length} words, expected a position below {count} and 4 words.");
        rng.State = words;
        Epoch = epoch;
        Shuffle();
        position = place;
        Current = [];
    }

    private void Shuffle()
    {
        seed = Checkpointable.Words(rng);
        permutation = rng.Permutation(count);
        position = 0;
    }
}
