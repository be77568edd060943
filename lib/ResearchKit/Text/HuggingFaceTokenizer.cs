using System.Text;

namespace ResearchKit.Text;

/// <summary>
/// A Hugging Face tokenizer.json, run by Hugging Face's own library, token for token. Truncation and padding set in
/// the file are not applied. Encoding and decoding may be called from any number of threads at once; disposing may not
/// overlap them.
/// </summary>
public sealed class HuggingFaceTokenizer : ITokenizer, IDisposable
{
    private readonly TokenizerJson _json;
    private readonly SpecialTokens _special;
    private readonly NativeTokenizer _bare;
    private readonly Lazy<NativeTokenizer> _withSpecialTokens;

    private HuggingFaceTokenizer(TokenizerJson json, SpecialTokens special)
    {
        _json = json;
        _special = special;
        _bare = new NativeTokenizer(json, json.Bare());
        // Most callers never ask for added BOS and EOS, and a large vocabulary costs a second to load.
        _withSpecialTokens = new Lazy<NativeTokenizer>(() => new NativeTokenizer(json, json.WithSpecialTokens()));
        VocabSize = json.Tokens.Count == 0 ? 0 : json.Tokens.Keys.Max() + 1;
    }

    /// <summary>Loads a tokenizer and the special tokens named beside it (tokenizer_config.json, special_tokens_map.json, config.json).</summary>
    /// <param name="folderOrFile">A folder with tokenizer.json or tokenizer.json.gz, or such a file.</param>
    /// <exception cref="TokenizerException">A file is missing, damaged or at odds with another; the message names file and place.</exception>
    public static HuggingFaceTokenizer Load(string folderOrFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(folderOrFile);
        var file = FindFile(folderOrFile);
        var json = TokenizerJson.Read(file);
        return new HuggingFaceTokenizer(json, SpecialTokens.Read(Path.GetDirectoryName(Path.GetFullPath(file))!, json));
    }

    /// <inheritdoc/>
    public int VocabSize { get; }

    /// <inheritdoc/>
    public int? BosId => _special.Bos;

    /// <inheritdoc/>
    public int? EosId => _special.Eos;

    /// <summary>The id that fills padding: the pad token, else EOS, else the unknown token, else 0; padding is masked, so any id serves.</summary>
    public int PadId => _special.Pad ?? _special.Eos ?? _special.Unknown ?? 0;

    /// <summary>The id that stands for what the vocabulary cannot write, or null.</summary>
    public int? UnknownId => _special.Unknown;

    /// <summary>Ids of tokens that decoding leaves out unless asked to keep them.</summary>
    public IReadOnlySet<int> SpecialIds => _json.SpecialIds;

    /// <summary>The id of one token of the vocabulary, or null.</summary>
    public int? TokenId(string token) => _json.Ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>
    /// Token ids of a text. Special tokens written in the text are recognised either way; a lone surrogate counts as U+FFFD.
    /// </summary>
    /// <exception cref="TokenizerException">The vocabulary cannot write the text and has no unknown token.</exception>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (addSpecialTokens ? _withSpecialTokens.Value : _bare).Encode(WithoutLoneSurrogates(text));
    }

    /// <summary>The text of token ids; an id that no token has leaves no trace, as models have more rows than tokens.</summary>
    /// <exception cref="VocabularyException">An id is negative.</exception>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var kept = new List<uint>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] < 0) throw new VocabularyException($"id {ids[i]} at position {i} is negative; ids run from 0 to {VocabSize - 1}");
            if (!skipSpecialTokens || !_json.SpecialIds.Contains(ids[i])) kept.Add((uint)ids[i]);
        }
        return kept.Count == 0 ? "" : _bare.Decode([.. kept]);
    }

    /// <summary>The token as the vocabulary writes it (byte-level alphabets and U+2581 included).</summary>
    /// <exception cref="VocabularyException">No token has this id.</exception>
    public string TokenText(int id) => _json.Tokens.TryGetValue(id, out var token)
        ? token
        : throw new VocabularyException($"no token of {_json.Path} has the id {id}; ids run from 0 to {VocabSize - 1}");

    /// <summary>Frees the native tokenizers.</summary>
    public void Dispose()
    {
        _bare.Dispose();
        if (_withSpecialTokens.IsValueCreated) _withSpecialTokens.Value.Dispose();
    }

    private static string WithoutLoneSurrogates(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
        return text;
    }

    private static string FindFile(string folderOrFile)
    {
        if (File.Exists(folderOrFile)) return folderOrFile;
        string[] names = ["tokenizer.json", "tokenizer.json.gz"];
        return names.Select(name => Path.Combine(folderOrFile, name)).FirstOrDefault(File.Exists)
            ?? throw new TokenizerException($"{folderOrFile}: expected a tokenizer.json, a tokenizer.json.gz or a folder that holds one, found {(Directory.Exists(folderOrFile) ? "a folder without either" : "nothing there")}");
    }
}
