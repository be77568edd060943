using ResearchKit.Reward;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class BagOfWordsEncoderTests
{
    // Words 0 to 3 mean what 4 to 7 mean; 8 and 9 mean nothing.
    private static (int[], int[])[] Batch(Rng rng) => [.. Enumerable.Range(0, 16).Select(_ => (Meaning: rng.Next(4), Other: rng.Next(4)))
        .Select(x => (Text(x.Meaning, x.Other, rng), Text(x.Meaning, x.Other, rng)))];

    private static int[] Text(int first, int second, Rng rng) => [first + 4 * rng.Next(2), 8 + rng.Next(2), second + 4 * rng.Next(2)];

    [Fact]
    public void It_is_the_mean_of_the_words_and_blind_to_their_order()
    {
        using var generator = new Generator(1, CPU);
        using var encoder = new BagOfWordsEncoder(5, 3, generator);
        using var vectors = encoder.Encode([[1, 2], [2, 1], [1], [2], []]);

        Assert.True(vectors[0].allclose(vectors[1]));
        Assert.True(vectors[0].allclose((vectors[2] + vectors[3]) / 2));
        Assert.Equal(0, vectors[4].abs().sum().item<float>());
        Assert.Contains("text 1 holds the id 5", Assert.Throws<ArgumentException>(() => encoder.Encode([[1], [5]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_brings_texts_together_that_say_the_same_and_the_same_streams_give_the_same_encoder()
    {
        double[] Similarities(long seed)
        {
            using var scope = NewDisposeScope();
            var rng = new Rng(3);
            using var encoder = BagOfWordsEncoder.Train(10, 8, () => Batch(rng), 80, 2e-2, 0.1, new RandomStreams(seed));
            using var noGrad = no_grad();
            int[][] texts = [[0, 8, 1], [4, 9, 5], [2, 8, 3]];
            var vectors = encoder.Encode(texts);
            return EmbeddingReward.Of(vectors[TensorIndex.Slice(1)], vectors[TensorIndex.Slice(0, 1)]).to(ScalarType.Float64).data<double>().ToArray();
        }
        var trained = Similarities(7);

        Assert.True(trained[0] > 0.8, $"synonyms have similarity {trained[0]:F2}");
        Assert.True(trained[1] < 0.5, $"other meanings have similarity {trained[1]:F2}");
        Assert.Equal(trained, Similarities(7));
    }
}
