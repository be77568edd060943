using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResearchKit.Checkpoints;
using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// A frozen reference's log-probabilities in a file beside the data, so that they are computed once for all runs: later
/// ones make no forward pass of the reference. The file says what it is of (<see cref="ReferenceKeys"/>) and holds a
/// SHA-256 over everything; one that is torn, or of other data, weights or vocabulary, is never used.
/// </summary>
/// <remarks>
/// A safetensors file. Tensors: chosen and rejected, the answers' log-probabilities one after another (F32, or F64 of a
/// float64 model), and chosen_lengths and rejected_lengths [pairs], I64, which part them. Read back they are bit for bit
/// those of <see cref="ReferenceLogProbs.Precompute"/>. It is written beside its place, flushed and renamed.
/// </remarks>
public static class ReferenceLogProbsFile
{
    private const string Format = "researchkit.reference-log-probabilities/1";
    private const string Chosen = "chosen", Rejected = "rejected", Lengths = "_lengths";

    /// <summary>Takes the log-probabilities from the file where it is whole and of these; otherwise computes and keeps them.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="reference">
    /// The reference; with its adapter switched off where that is the reference. Before training a policy is its own reference,
    /// and no second copy of the weights is needed.
    /// </param>
    /// <param name="pairs">The pairs, in the order by which <see cref="ReferenceLogProbs.Batch"/> numbers them.</param>
    /// <param name="tokenizer">What made their ids.</param>
    /// <param name="note">What was found: that the file was used, or why not, naming what is torn or has changed.</param>
    /// <param name="batchSize">Pairs scored at a time.</param>
    /// <remarks>Where the folder cannot be written the log-probabilities are given all the same, and the note says so.</remarks>
    public static ReferenceLogProbs LoadOrCompute(
        string path, CausalLM reference, IReadOnlyList<TokenizedPair> pairs, ITokenizer tokenizer, out string note, int batchSize = 128) =>
        LoadOrCompute(path, ReferenceKeys.Of(reference, pairs, tokenizer), pairs, reference.Device,
            () => ReferenceLogProbs.Precompute(reference, pairs, tokenizer.PadId, batchSize), out note);

    /// <summary>Reads the file without computing anything.</summary>
    /// <exception cref="CheckpointException">It is missing, torn, or of other pairs, weights or tokens; the message says which.</exception>
    public static ReferenceLogProbs Load(string path, CausalLM reference, IReadOnlyList<TokenizedPair> pairs, ITokenizer tokenizer) =>
        Load(path, ReferenceKeys.Of(reference, pairs, tokenizer), pairs, reference.Device);

    internal static ReferenceLogProbs LoadOrCompute(
        string path, ReferenceKeys keys, IReadOnlyList<TokenizedPair> pairs, Device device, Func<ReferenceLogProbs> compute, out string note)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string why;
        try
        {
            if (File.Exists(path))
            {
                var kept = Load(path, keys, pairs, device);
                note = string.Create(CultureInfo.InvariantCulture, $"{pairs.Count:N0} pairs from {path}; no forward pass of the reference");
                return kept;
            }
            why = File.Exists(path + WholeFile.Beside) ? $"{path}{WholeFile.Beside} was left half-written and is not used" : "there was no file";
        }
        catch (CheckpointException error)
        {
            why = error.Message.TrimEnd('.');
        }
        var computed = compute();
        note = string.Create(CultureInfo.InvariantCulture, $"{why}; {pairs.Count:N0} pairs were scored by the reference");
        try
        {
            Write(path, keys, computed);
            note += $" and kept in {path}";
        }
        catch (CheckpointException error)
        {
            note += $", but not kept: {error.Message}";
        }
        return computed;
    }

    private static ReferenceLogProbs Load(string path, ReferenceKeys keys, IReadOnlyList<TokenizedPair> pairs, Device device)
    {
        using var file = SafeTensorsFile.Open(path);
        var format = file.Metadata.GetValueOrDefault("format", "no format");
        if (format != Format) throw new CheckpointException(path, "these are no reference log-probabilities of this kit", $"'{format}'", $"'{Format}' in its metadata");
        var (saved, actual) = (file.Metadata.GetValueOrDefault("sha256", "no sha256"), Checksum(file));
        if (saved != actual) throw new CheckpointException(path, "the file was torn or changed after it was written", $"SHA-256 {actual}", saved);
        foreach (var (name, expected, changed) in Fields(keys))
        {
            var found = file.Metadata.GetValueOrDefault(name, "none");
            if (found != expected) throw new CheckpointException(path, $"the log-probabilities are stale: {changed}", $"{name} {found}", expected);
        }
        var result = new ReferenceLogProbs(pairs, device);
        Fill(file, Chosen, result.Answers.Chosen, [.. pairs.Select(pair => pair.Chosen.Length)]);
        Fill(file, Rejected, result.Answers.Rejected, [.. pairs.Select(pair => pair.Rejected.Length)]);
        return result;
    }

    private static void Fill(SafeTensorsFile file, string name, double[][] answers, int[] lengths)
    {
        using var stored = file.Read(name, ScalarType.Float64);
        var (found, expected) = (stored.numel(), lengths.Sum(length => (long)length));
        if (found != expected) throw new CheckpointException(file.Path, "the answers have another length", $"{found} tokens", $"{expected}", name);
        if (found == 0) return;
        var values = stored.data<double>().ToArray();
        var at = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            answers[i] = values[at..(at + lengths[i])];
            at += lengths[i];
        }
    }

    private static void Write(string path, ReferenceKeys keys, ReferenceLogProbs computed)
    {
        using var scope = NewDisposeScope();
        var type = keys.Values == "F64" ? ScalarType.Float64 : ScalarType.Float32;
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, answers) in new[] { (Chosen, computed.Answers.Chosen), (Rejected, computed.Answers.Rejected) })
        {
            tensors[name] = tensor([.. answers.SelectMany(answer => answer)], type);
            tensors[name + Lengths] = tensor([.. answers.Select(answer => answer.LongLength)], ScalarType.Int64);
        }
        var metadata = Fields(keys).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        metadata["format"] = Format;
        using var hash = Begin(metadata);
        foreach (var (name, values) in tensors.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Describe(hash, name, values.dtype, values.shape);
            TensorBytes.Visit(values, bytes => hash.AppendData(bytes));
        }
        metadata["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset());
        SafeTensorsWriter.Write(path, tensors, metadata);
    }

    private static (string Name, string Value, string Changed)[] Fields(ReferenceKeys keys) =>
    [
        ("data", keys.Data, "the pairs' tokens are others"),
        ("weights", keys.Weights, "the reference's weights are others"),
        ("vocabulary", keys.Vocabulary, "the tokenizer's vocabulary is another"),
        ("values", keys.Values, "the log-probabilities are of another type"),
    ];

    private static string Checksum(SafeTensorsFile file)
    {
        using var hash = Begin(file.Metadata);
        foreach (var (name, entry) in file.Entries.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Describe(hash, name, entry.DType, entry.Shape);
            for (var at = 0L; at < entry.Length; at += 1 << 30) hash.AppendData(file.Bytes(entry, at, (int)Math.Min(entry.Length - at, 1 << 30)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IncrementalHash Begin(IReadOnlyDictionary<string, string> metadata)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.Where(item => item.Key != "sha256").OrderBy(item => item.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{key} {value}\n"));
        return hash;
    }

    private static void Describe(IncrementalHash hash, string name, ScalarType type, IEnumerable<long> shape) =>
        hash.AppendData(Encoding.UTF8.GetBytes($"{name} {SafeTensorTypes.Name(type)} {string.Join(',', shape)}\n"));
}
