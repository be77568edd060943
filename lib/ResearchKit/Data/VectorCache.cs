using System.Security.Cryptography;
using System.Text;
using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Data;

/// <summary>
/// Keeps an encoder's vectors in a file, so that a text is encoded once. The file is whole or refused: it ends in a
/// checksum of all before it, and names the encoder's version; a torn file, or one of another version, is not used but
/// written anew.
/// </summary>
public sealed class VectorCache : ITextEncoder
{
    private const string Magic = "researchkit vectors 1";
    private const int BatchSize = 32;
    private static readonly int HashSize = SHA256.HashSizeInBytes;

    private readonly ITextEncoder encoder;
    private readonly string path;
    private readonly Dictionary<string, float[]> vectors = [];

    /// <summary>Opens the cache, empty where the file is missing or refused.</summary>
    /// <param name="encoder">What encodes the texts that are not there yet.</param>
    /// <param name="path">The file; it and its folder are created when the first vectors are kept.</param>
    public VectorCache(ITextEncoder encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        (this.encoder, this.path) = (encoder, path);
        Note = File.Exists(path) ? Read() : "a new cache";
    }

    /// <inheritdoc/>
    public string Version => encoder.Version;

    /// <summary>How many vectors it holds.</summary>
    public int Count => vectors.Count;

    /// <summary>What was found at the opening, in words: how many vectors, or why the file is not used.</summary>
    public string Note { get; }

    /// <inheritdoc/>
    /// <remarks>New vectors are on the disk when this returns.</remarks>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] keys = [.. texts.Select(Key)];
        var missing = Enumerable.Range(0, texts.Count).Where(i => !vectors.ContainsKey(keys[i])).DistinctBy(i => keys[i]).ToArray();
        // Texts of a batch are padded to the longest.
        foreach (var batch in missing.OrderBy(i => texts[i].Length).Chunk(BatchSize))
        {
            var encoded = encoder.Encode([.. batch.Select(i => texts[i])]);
            for (var i = 0; i < batch.Length; i++) vectors[keys[batch[i]]] = encoded[i];
        }
        if (missing.Length > 0) WholeFile.Write(path, Write);
        return [.. keys.Select(key => vectors[key])];
    }

    private static string Key(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Read()
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HashSize || !SHA256.HashData(bytes.AsSpan(..^HashSize)).AsSpan().SequenceEqual(bytes.AsSpan(^HashSize..)))
            return "the cache is torn (its checksum does not fit) and is not used; its vectors are computed again";
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - HashSize), Encoding.UTF8);
        if (reader.ReadString() != Magic) return "the cache is of another format and is not used";
        var version = reader.ReadString();
        if (version != Version) return $"the cache holds vectors of '{version}', not of '{Version}', and is not used";
        var (count, size) = (reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < count; i++)
        {
            var key = Convert.ToHexString(reader.ReadBytes(HashSize));
            var vector = new float[size];
            for (var d = 0; d < size; d++) vector[d] = reader.ReadSingle();
            vectors[key] = vector;
        }
        return FormattableString.Invariant($"{count:N0} vectors from the cache");
    }

    private void Write(Stream stream)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(vectors.Count);
            writer.Write(vectors.Values.First().Length);
            foreach (var (key, vector) in vectors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.Write(Convert.FromHexString(key));
                foreach (var number in vector) writer.Write(number);
            }
        }
        var bytes = content.ToArray();
        stream.Write(bytes);
        stream.Write(SHA256.HashData(bytes));
    }
}
