using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ResearchKit.Checkpoints;
using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// What stored log-probabilities are of: SHA-256 of the tokenized pairs, of the reference and of the vocabulary, and the
/// type of the numbers. Log-probabilities may be used in place of a forward pass where all of them are equal.
/// </summary>
/// <param name="Data">Of every pair's token ids and the lengths that part prompt, chosen and rejected (the masks), in their order.</param>
/// <param name="Weights">Of the model's shape and of each weight's name, type, shape and bytes; of an adapter's too where one is switched on.</param>
/// <param name="Vocabulary">Of every token's text and of the special ids: the same ids must mean the same words.</param>
/// <param name="Values">The type the log-probabilities are computed and kept in: F64 of a float64 model, F32 of all others.</param>
public sealed record ReferenceKeys(string Data, string Weights, string Vocabulary, string Values)
{
    /// <summary>The keys of a reference's log-probabilities of some pairs.</summary>
    /// <remarks>Reads every weight once: about a second for each 2 GB.</remarks>
    public static ReferenceKeys Of(CausalLM reference, IReadOnlyList<TokenizedPair> pairs, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new(HashOf(pairs), HashOf(reference), HashOf(tokenizer), reference.Dtype is ScalarType.Float64 ? "F64" : "F32");
    }

    private static string HashOf(IReadOnlyList<TokenizedPair> pairs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var pair in pairs)
        {
            foreach (var ids in (ReadOnlySpan<int[]>)[pair.Prompt, pair.Chosen, pair.Rejected])
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, ids.Length);
                hash.AppendData(length);
                hash.AppendData(MemoryMarshal.AsBytes<int>(ids));
            }
        }
        return End(hash);
    }

    private static string HashOf(CausalLM model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // What does not enter a forward pass is left out.
        Append(hash, JsonSerializer.Serialize(model.Config with { InitializerRange = 0, BosId = null, EosIds = [], PadId = null }));
        Append(hash, $"{model.Config.RotaryScaling?.GetType().Name} {JsonSerializer.Serialize<object?>(model.Config.RotaryScaling)}");
        foreach (var (name, parameter) in model.BaseParameters()) Append(hash, name, parameter);
        // Switched off, the model computes as its base; merged, the update is in the base weights.
        if (model.Adapter is { Merged: false } adapter && model.Projections().Any(item => item.Projection.Lora is { Enabled: true }))
        {
            Append(hash, string.Create(CultureInfo.InvariantCulture, $"adapter {adapter.Options.Scale:R}"));
            foreach (var (name, parameter) in adapter.Parameters()) Append(hash, name, parameter);
        }
        return End(hash);
    }

    private static string HashOf(ITokenizer tokenizer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, string.Create(CultureInfo.InvariantCulture, $"{tokenizer.VocabSize} {tokenizer.BosId} {tokenizer.EosId}"));
        for (var id = 0; id < tokenizer.VocabSize; id++) Append(hash, Text(tokenizer, id));
        return End(hash);
    }

    private static string Text(ITokenizer tokenizer, int id)
    {
        try
        {
            return tokenizer.TokenText(id);
        }
        catch (VocabularyException)
        {
            return "\0"; // a hole in the vocabulary
        }
    }

    private static void Append(IncrementalHash hash, string name, Tensor tensor)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Append(hash, $"{name} {tensor.dtype} {string.Join(',', tensor.shape)}");
        TensorBytes.Visit(tensor.detach().cpu().contiguous(), bytes => hash.AppendData(bytes));
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([(byte)'\n']);
    }

    private static string End(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
