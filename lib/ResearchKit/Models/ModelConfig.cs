namespace ResearchKit.Models;

/// <summary>
/// The shape of a decoder-only transformer. The family decides what the published models of that name all share
/// (kind of positions, norm, feed-forward network, names of the weights); the numbers decide the rest.
/// </summary>
public sealed record ModelConfig
{
    /// <summary>The architecture.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>Rows of the embedding, V.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Width of the residual stream, D.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Transformer blocks, L.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads, H.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves H / KeyValueHeads query heads (grouped-query attention).</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of one head; not always D / H (Qwen3).</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width of the feed-forward network's inner layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>The most tokens a row can hold.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>The feed-forward network's nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>What is added to the variance in every norm.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>True where the output layer is the embedding itself.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Biases on query, key and value.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>A bias on the attention's output projection.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Biases in the feed-forward network.</summary>
    public bool MlpBias { get; init; }

    /// <summary>The base of the rotary frequencies; unused under learned positions.</summary>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>A change of the rotary frequencies for long contexts, or none.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    /// <summary>How many keys, its own included, a query sees; null for all.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>The first layer on which the sliding window holds.</summary>
    public int FirstWindowLayer { get; init; }

    /// <summary>Standard deviation of the initial weights.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The id that begins a text, if the model has one.</summary>
    public int? BosId { get; init; }

    /// <summary>The ids that end a text; chat models have several.</summary>
    public IReadOnlyList<int> EosIds { get; init; } = [];

    /// <summary>The id of padding, if the model has one.</summary>
    public int? PadId { get; init; }

    /// <summary>Learned absolute positions (GPT-2); otherwise rotary.</summary>
    public bool LearnedPositions => Family == ModelFamily.Gpt2;

    /// <summary>LayerNorm with bias (GPT-2); otherwise RMSNorm.</summary>
    public bool LayerNorm => Family == ModelFamily.Gpt2;

    /// <summary>A gated feed-forward network, down(act(gate x) * up x); otherwise down(act(up x)).</summary>
    public bool GatedMlp => Family != ModelFamily.Gpt2;

    /// <summary>RMSNorm over each head's query and key before the rotation.</summary>
    public bool QueryKeyNorm => Family == ModelFamily.Qwen3;

    /// <summary>A GPT-2 style pre-LN model of a world's size: tied embeddings, inner layer 4D.</summary>
    /// <exception cref="ModelException">A number is below one, or the hidden size is no multiple of the heads.</exception>
    public static ModelConfig Tiny(int vocabSize, int hidden, int layers, int heads, int maxPositions)
    {
        if (heads > 0 && hidden % heads != 0)
            throw new ModelException($"hidden {hidden} is not a multiple of heads {heads}; choose a hidden size that is.");
        var config = new ModelConfig
        {
            Family = ModelFamily.Gpt2,
            VocabSize = vocabSize,
            HiddenSize = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = heads > 0 ? hidden / heads : 0,
            IntermediateSize = 4 * hidden,
            MaxPositions = maxPositions,
            Activation = Activation.GeluTanh,
            TiedEmbeddings = true,
            QueryKeyValueBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
        };
        config.Validate();
        return config;
    }

    /// <summary>Checks that a model of this shape can exist.</summary>
    /// <exception cref="ModelException">It cannot; the message names the number, what was found and what was expected.</exception>
    public void Validate()
    {
        AtLeastOne(VocabSize, nameof(VocabSize));
        AtLeastOne(HiddenSize, nameof(HiddenSize));
        AtLeastOne(Layers, nameof(Layers));
        AtLeastOne(Heads, nameof(Heads));
        AtLeastOne(KeyValueHeads, nameof(KeyValueHeads));
        AtLeastOne(HeadSize, nameof(HeadSize));
        AtLeastOne(IntermediateSize, nameof(IntermediateSize));
        AtLeastOne(MaxPositions, nameof(MaxPositions));
        AtLeastOne(SlidingWindow ?? 1, nameof(SlidingWindow));
        if (Heads % KeyValueHeads != 0)
            throw new ModelException($"{nameof(Heads)} is {Heads}, {nameof(KeyValueHeads)} is {KeyValueHeads}: every key head must serve the same number of query heads, so the first must be a multiple of the second.");
        if (!LearnedPositions && HeadSize % 2 != 0)
            throw new ModelException($"{nameof(HeadSize)} is {HeadSize}: rotary positions turn pairs of numbers, so it must be even.");
        if (Family == ModelFamily.Gpt2 && (KeyValueHeads != Heads || HeadSize * Heads != HiddenSize))
            throw new ModelException($"GPT-2 has one key head per query head and heads that fill the hidden size; found {Heads} heads, {KeyValueHeads} key heads of size {HeadSize}, hidden size {HiddenSize}.");
        if (!(NormEpsilon > 0)) throw new ModelException($"{nameof(NormEpsilon)} is {NormEpsilon}; it must be above 0.");
        if (!LearnedPositions && !(RotaryBase > 0)) throw new ModelException($"{nameof(RotaryBase)} is {RotaryBase}; it must be above 0.");
    }

    /// <summary>The initial deviation of weights that write into the residual stream.</summary>
    internal double ResidualDeviation => InitializerRange / Math.Sqrt(2.0 * Layers);

    /// <summary>The window of a layer, or null where a query sees every earlier key.</summary>
    internal int? WindowOf(int layer) => layer >= FirstWindowLayer ? SlidingWindow : null;

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ModelException($"{name} is {value}; it must be at least 1.");
    }
}
