using System.Runtime.InteropServices;
using Tokenizers.DotNet;
using NativeException = Tokenizers.DotNet.TokenizerException;

namespace ResearchKit.Text;

/// <summary>One native tokenizer, with its errors turned into the kit's own.</summary>
internal sealed class NativeTokenizer : IDisposable
{
    private readonly string _path;
    private readonly Tokenizer _native;

    /// <param name="source">The file the tokenizer comes from.</param>
    /// <param name="variant">The JSON text to load: the file's own, altered.</param>
    internal NativeTokenizer(TokenizerJson source, byte[] variant)
    {
        _path = source.Path;
        try
        {
            _native = FromText(variant);
        }
        catch (NativeException error)
        {
            // The variant's lines are not the user's: the file's own text is tried for the place to name.
            throw new TokenizerException($"{_path}: Hugging Face's tokenizers library refuses this tokenizer: {Place(source) ?? error.Message}; save it again with a current tokenizers or transformers", error);
        }
        catch (DllNotFoundException error)
        {
            throw new TokenizerException($"the native part of Tokenizers.DotNet for this platform ({RuntimeInformation.RuntimeIdentifier}) is missing: reference Tokenizers.DotNet.runtime.<platform>, or use WordVocabulary", error);
        }
    }

    internal int[] Encode(string text)
    {
        try
        {
            return Array.ConvertAll(_native.Encode(text), id => checked((int)id));
        }
        catch (NativeException error)
        {
            throw new TokenizerException($"{_path}: a text of {text.Length} characters cannot be encoded: {error.Message}", error);
        }
    }

    internal string Decode(uint[] ids)
    {
        try
        {
            return _native.Decode(ids);
        }
        catch (NativeException error)
        {
            throw new TokenizerException($"{_path}: {ids.Length} ids cannot be decoded: {error.Message}", error);
        }
    }

    public void Dispose() => _native.Dispose();

    private static string? Place(TokenizerJson source)
    {
        try
        {
            FromText(source.Original).Dispose();
            return null;
        }
        catch (NativeException error)
        {
            return error.Message;
        }
    }

    // The library takes a path only, so the text passes through a private file.
    private static Tokenizer FromText(ReadOnlySpan<byte> json)
    {
        var folder = Directory.CreateTempSubdirectory("researchkit-tokenizer-");
        try
        {
            var path = Path.Combine(folder.FullName, "tokenizer.json");
            File.WriteAllBytes(path, json);
            return new Tokenizer(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
