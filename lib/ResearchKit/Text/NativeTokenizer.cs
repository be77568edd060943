using Tokenizers.DotNet;

namespace ResearchKit.Text;

/// <summary>Makes native tokenizers from JSON text: the library takes a path only, so the text passes through a private file.</summary>
internal static class NativeTokenizer
{
    internal static Tokenizer Create(TokenizerJson source, byte[] variant)
    {
        try
        {
            return FromText(variant);
        }
        catch (Tokenizers.DotNet.TokenizerException error)
        {
            // The variant's lines are not the user's: ask again with the file's own text for the place to name.
            throw new TokenizerException($"{source.Path}: Hugging Face's tokenizers library refuses this tokenizer: {Place(source) ?? error.Message}; save it again with a current tokenizers or transformers", error);
        }
        catch (DllNotFoundException error)
        {
            throw new TokenizerException($"the native part of Tokenizers.DotNet for this platform ({System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}) is missing: reference Tokenizers.DotNet.runtime.<platform>, or use WordVocabulary", error);
        }
    }

    private static string? Place(TokenizerJson source)
    {
        try
        {
            FromText(source.Original).Dispose();
            return null;
        }
        catch (Tokenizers.DotNet.TokenizerException error)
        {
            return error.Message;
        }
    }

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
