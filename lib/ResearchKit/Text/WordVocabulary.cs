namespace ResearchKit.Text;

/// <summary>
/// A closed vocabulary of whitespace-separated words, for generated worlds: one word is one token, ids follow the
/// order given, PAD, BOS and EOS come first. Immutable, so any number of threads may use it.
/// </summary>
public sealed class WordVocabulary : ITokenizer
{
    /// <summary>The word that fills padding, id 0.</summary>
    public const string Pad = "<pad>";

    /// <summary>The word that begins a text, id 1.</summary>
    public const string Bos = "<bos>";

    /// <summary>The word that ends a text, id 2.</summary>
    public const string Eos = "<eos>";

    private const int SpecialCount = 3;

    private readonly string[] _words;
    private readonly Dictionary<string, int> _ids;

    /// <summary>Creates the vocabulary.</summary>
    /// <param name="words">All words, beginning with <see cref="Pad"/>, <see cref="Bos"/>, <see cref="Eos"/>.</param>
    /// <exception cref="VocabularyException">The specials do not come first, a word occurs twice, is empty or holds whitespace.</exception>
    public WordVocabulary(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string[] specials = [Pad, Bos, Eos];
        for (var i = 0; i < SpecialCount; i++)
        {
            if (i >= words.Count || words[i] != specials[i])
            {
                throw new VocabularyException($"word {i} of the vocabulary must be '{specials[i]}', found {(i < words.Count ? $"'{words[i]}'" : "no word")}; use WordVocabulary.Of(words) to put the specials first");
            }
        }
        _words = [.. words];
        _ids = new Dictionary<string, int>(_words.Length, StringComparer.Ordinal);
        for (var id = 0; id < _words.Length; id++)
        {
            var word = _words[id];
            if (string.IsNullOrEmpty(word) || word.Any(char.IsWhiteSpace))
            {
                throw new VocabularyException($"word {id} of the vocabulary, '{word}', must be non-empty and without whitespace: texts are split at whitespace");
            }
            if (!_ids.TryAdd(word, id))
            {
                throw new VocabularyException($"'{word}' occurs twice in the vocabulary, as word {_ids[word]} and as word {id}");
            }
        }
    }

    /// <summary>The vocabulary of these words, with the specials put first.</summary>
    public static WordVocabulary Of(IEnumerable<string> words) => new([Pad, Bos, Eos, .. words]);

    /// <inheritdoc/>
    public int VocabSize => _words.Length;

    /// <inheritdoc/>
    public int? BosId => 1;

    /// <inheritdoc/>
    public int? EosId => 2;

    /// <inheritdoc/>
    public int PadId => 0;

    /// <summary>The words in id order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The id of one word.</summary>
    /// <exception cref="VocabularyException">The word is not in the vocabulary.</exception>
    public int Id(string word) => _ids.TryGetValue(word, out var id)
        ? id
        : throw new VocabularyException($"'{word}' is not among the {_words.Length} words of this vocabulary (the first are {string.Join(' ', _words.Skip(SpecialCount).Take(8))}); words are compared exactly, letter case included");

    /// <summary>Whether the word has an id.</summary>
    public bool Contains(string word) => _ids.ContainsKey(word);

    /// <summary>Ids of the words; with special tokens, BOS comes before and EOS after them.</summary>
    /// <exception cref="VocabularyException">A word is not in the vocabulary.</exception>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Id);
        return addSpecialTokens ? [BosId!.Value, .. ids, EosId!.Value] : [.. ids];
    }

    /// <summary>The words, one space between two.</summary>
    /// <exception cref="VocabularyException">An id is outside the vocabulary.</exception>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return string.Join(' ', ids.Where(id => !skipSpecialTokens || id is < 0 or >= SpecialCount).Select(TokenText));
    }

    /// <summary>The word with this id.</summary>
    /// <exception cref="VocabularyException">The id is outside the vocabulary.</exception>
    public string TokenText(int id) => (uint)id < (uint)_words.Length
        ? _words[id]
        : throw new VocabularyException($"id {id} is outside this vocabulary of {_words.Length} words (ids 0 to {_words.Length - 1})");
}
