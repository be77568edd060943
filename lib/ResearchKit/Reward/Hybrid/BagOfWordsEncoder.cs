using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// A small text encoder for worlds: the mean of the words' embeddings, so that order is lost. Trained by
/// <see cref="InfoNceLoss"/> on pairs of texts that say the same, it serves <see cref="EmbeddingReward"/> as a sentence
/// encoder does on real text.
/// </summary>
public sealed class BagOfWordsEncoder : NamedModule
{
    private readonly Parameter embeddings; // [V,D]

    /// <summary>An encoder with fresh weights, N(0, 1).</summary>
    /// <param name="vocabSize">V.</param>
    /// <param name="size">D, the vectors' length.</param>
    /// <param name="generator">The source of the weights.</param>
    public BagOfWordsEncoder(int vocabSize, int size, Generator generator) : base(nameof(BagOfWordsEncoder))
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        embeddings = new Weights(generator, CPU, ScalarType.Float32).Normal(1, vocabSize, size);
        embeddings.DetachFromDisposeScope();
        register_parameter("embeddings", embeddings);
    }

    /// <summary>Vectors [N,D] of N texts; a text without a word has the zero vector.</summary>
    /// <param name="texts">Token ids, each below V.</param>
    public Tensor Encode(IReadOnlyList<IReadOnlyList<int>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var words = (int)embeddings.shape[0];
        var shares = new float[texts.Count * words];
        for (var row = 0; row < texts.Count; row++)
        {
            foreach (var id in texts[row])
            {
                if ((uint)id >= (uint)words) throw new ArgumentException($"text {row} holds the id {id}; the encoder knows 0 to {words - 1}", nameof(texts));
                shares[row * words + id] += 1f / texts[row].Count;
            }
        }
        using var bags = tensor(shares, [texts.Count, words]);
        return bags.matmul(embeddings);
    }

    /// <summary>Trains a fresh encoder on pairs of texts that say the same.</summary>
    /// <param name="vocabSize">V.</param>
    /// <param name="size">D.</param>
    /// <param name="pairs">Draws a batch of pairs; a batch's other texts are its negatives.</param>
    /// <param name="steps">AdamW steps.</param>
    /// <param name="learningRate">The learning rate, constant.</param>
    /// <param name="temperature">InfoNCE's temperature.</param>
    /// <param name="streams">Randomness: the stream "bag encoder" draws the weights.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>The encoder; the caller's to dispose.</returns>
    public static BagOfWordsEncoder Train(
        int vocabSize, int size, Func<IReadOnlyList<(int[] First, int[] Second)>> pairs, int steps, double learningRate, double temperature,
        RandomStreams streams, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(streams);
        using var generator = streams.Generator("bag encoder");
        var encoder = new BagOfWordsEncoder(vocabSize, size, generator);
        Trainer.Run(encoder, new TrainerOptions { Steps = steps, LearningRate = learningRate, Title = "encoder" }, _ =>
        {
            var batch = pairs();
            return new StepLoss(InfoNceLoss.Compute(
                encoder.Encode([.. batch.Select(pair => pair.First)]), encoder.Encode([.. batch.Select(pair => pair.Second)]), temperature).mean());
        }, cancellationToken: cancellation);
        return encoder;
    }
}
