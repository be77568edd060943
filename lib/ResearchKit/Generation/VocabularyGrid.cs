namespace ResearchKit.Generation;

/// <summary>How N positions times V words are cut into tiles.</summary>
internal sealed record VocabularyGrid(long Positions, long Vocabulary, int Rows, int Words)
{
    internal bool IsOneTile => Rows >= Positions && Words >= Vocabulary;

    /// <summary>The tiles, those of the same positions together.</summary>
    internal IEnumerable<VocabularyTile[]> Blocks
    {
        get
        {
            for (var row = 0L; row < Positions; row += Rows)
            {
                var block = new List<VocabularyTile>();
                for (var word = 0L; word < Vocabulary; word += Words)
                    block.Add(new VocabularyTile(row, Math.Min(Rows, Positions - row), word, Math.Min(Words, Vocabulary - word)));
                yield return [.. block];
            }
        }
    }
}
