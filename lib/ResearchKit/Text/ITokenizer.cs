namespace ResearchKit.Text;

/// <summary>Text to token ids and back.</summary>
public interface ITokenizer
{
    /// <summary>One more than the largest id; a model needs at least this many rows of embedding.</summary>
    int VocabSize { get; }

    /// <summary>The id that begins a text, or null where the vocabulary has none.</summary>
    int? BosId { get; }

    /// <summary>The id that ends a text, or null where the vocabulary has none.</summary>
    int? EosId { get; }

    /// <summary>The id that fills padding. Padding is masked, so another token's id (EOS) may serve.</summary>
    int PadId { get; }

    /// <summary>Token ids of a text.</summary>
    /// <param name="text">Any text; what a vocabulary does with unknown text is its own affair.</param>
    /// <param name="addSpecialTokens">Whether BOS and EOS are added where the tokenizer's own rule adds them.</param>
    int[] Encode(string text, bool addSpecialTokens = false);

    /// <summary>The text of token ids.</summary>
    /// <param name="ids">Ids from 0 up.</param>
    /// <param name="skipSpecialTokens">Whether special tokens (PAD, BOS, EOS ...) leave no trace.</param>
    string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true);

    /// <summary>One token as the vocabulary writes it, for figures and tables.</summary>
    string TokenText(int id);
}
