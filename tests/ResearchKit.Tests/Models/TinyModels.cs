using ResearchKit.Models;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

/// <summary>Small random models of every family, and ids to feed them.</summary>
internal static class TinyModels
{
    internal static readonly ModelFamily[] Families = Enum.GetValues<ModelFamily>();

    internal static ModelConfig Config(ModelFamily family) => family == ModelFamily.Gpt2
        ? ModelConfig.Tiny(vocabSize: 31, hidden: 24, layers: 2, heads: 3, maxPositions: 40)
        : new ModelConfig
        {
            Family = family,
            VocabSize = 31,
            HiddenSize = 24,
            Layers = 2,
            Heads = 4,
            KeyValueHeads = 2,
            HeadSize = 8,
            IntermediateSize = 40,
            MaxPositions = 40,
            QueryKeyValueBias = family == ModelFamily.Qwen2,
            TiedEmbeddings = family == ModelFamily.Qwen3,
            SlidingWindow = family == ModelFamily.Mistral ? 5 : null,
        };

    /// <summary>A model with weights large enough that its distributions are far from uniform.</summary>
    internal static CausalLM Create(ModelFamily family = ModelFamily.Gpt2, long seed = 1)
    {
        using var generator = new RandomStreams(seed).Generator("init");
        return CausalLM.Create(Config(family) with { InitializerRange = 0.3 }, generator);
    }

    internal static int[][] Prompts(int count, int shortest, int longest, ulong seed = 5)
    {
        var rng = new Rng(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, shortest + rng.Next(longest - shortest + 1)).Select(_ => rng.Next(31)).ToArray())];
    }

    internal static Tensor Ids(int rows, int length, ulong seed = 3)
    {
        var rng = new Rng(seed);
        return tensor(Enumerable.Range(0, rows * length).Select(_ => (long)rng.Next(31)).ToArray(), [rows, length]);
    }

    internal static float Distance(Tensor a, Tensor b) => (a.detach() - b.detach()).abs().max().to(ScalarType.Float32).item<float>();

    /// <summary>Bit equality, also of NaN.</summary>
    internal static bool SameBits(Tensor a, Tensor b) => a.dtype == b.dtype && a.bytes.SequenceEqual(b.bytes);
}
