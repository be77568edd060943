using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Runtime;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>The shapes of the suite: a workshop's model and pairs.</summary>
internal static class Shapes
{
    internal const int Pairs = 16, Prompt = 48, Answer = 48;
    private const long Seed = 9001;

    /// <summary>128 wide, 4 layers, vocabulary 512: 0.87 M parameters.</summary>
    internal static ModelConfig Policy { get; } = ModelConfig.Tiny(vocabSize: 512, hidden: 128, layers: 4, heads: 4, maxPositions: 160);

    internal static CausalLM Model(ModelConfig config, string stream)
    {
        using var generator = new RandomStreams(Seed).Generator(stream);
        return CausalLM.Create(config, generator);
    }

    /// <summary>A row of random token ids.</summary>
    internal static int[] Tokens(Rng rng, int count, int vocabSize) => [.. Enumerable.Range(0, count).Select(_ => rng.Next(vocabSize))];

    internal static TokenizedPair[] RandomPairs(int count, int prompt, int answer, int vocabSize = 512)
    {
        var rng = new Rng(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => new TokenizedPair(Tokens(rng, prompt, vocabSize), Tokens(rng, answer, vocabSize), Tokens(rng, answer, vocabSize)))];
    }

    internal static int[][] RandomPrompts(int count, int length) =>
        [.. RandomPairs(count, length, 1).Select(pair => pair.Prompt)];
}
