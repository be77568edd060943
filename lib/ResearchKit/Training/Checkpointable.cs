using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>State beside the weights that a resumed run needs: a data order, a random stream.</summary>
public interface ICheckpointable
{
    /// <summary>The whole state as JSON.</summary>
    JsonNode Save();

    /// <summary>Takes on a saved state.</summary>
    /// <exception cref="CheckpointException">The state is not one of this kind.</exception>
    void Restore(JsonNode state);
}

/// <summary>Wraps random streams, so that a checkpoint holds them.</summary>
public static class Checkpointable
{
    /// <summary>A managed stream's four words.</summary>
    public static ICheckpointable Of(Rng rng) => new RngState(rng);

    /// <summary>A torch generator's whole state, as base64.</summary>
    public static ICheckpointable Of(Generator generator) => new GeneratorState(generator);

    /// <summary>Reads a part of a state; any mismatch is one error that names the kind.</summary>
    internal static T Part<T>(string kind, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new CheckpointException($"a saved state is not that of {kind}: {error.Message} Was the checkpoint written by another version of this run?", error);
        }
    }

    internal static JsonArray Words(Rng rng) => [.. rng.State.Select(word => (JsonNode)word)];

    internal static ulong[] Words(JsonNode state) => [.. state.AsArray().Select(word => word!.GetValue<ulong>())];

    private sealed class RngState(Rng rng) : ICheckpointable
    {
        public JsonNode Save() => Words(rng);

        public void Restore(JsonNode state) => rng.State = Part("a random stream", () => Words(state) is { Length: 4 } words ? words : throw new FormatException("4 words are expected."));
    }

    private sealed class GeneratorState(Generator generator) : ICheckpointable
    {
        public JsonNode Save()
        {
            using var state = generator.get_state();
            return Convert.ToBase64String(state.bytes);
        }

        public void Restore(JsonNode state)
        {
            using var current = generator.get_state();
            var bytes = Part("a torch generator", () => Convert.FromBase64String(state.GetValue<string>()));
            if (bytes.Length != current.numel())
                throw new CheckpointException($"a saved state is not that of a torch generator: found {bytes.Length} bytes, expected {current.numel()}.");
            using var restored = tensor(bytes);
            generator.set_state(restored);
        }
    }
}
