namespace ResearchKit.Worlds;

/// <summary>An answer of <see cref="ConfoundedWorld"/>, read: what it says and how it says it.</summary>
/// <param name="Subject">The subject word, 0 .. 15; its topic is half of it.</param>
/// <param name="Clauses">Key (0 .. 3) and value (0 .. 5) of each clause, in order; a key comes once.</param>
/// <param name="Polite">Spurious: it opens with a polite word.</param>
/// <param name="Bullets">Spurious: a bullet stands before each clause.</param>
/// <param name="Filler">Spurious: words after the clauses that say nothing, 0 .. 5 each, at most <see cref="ConfoundedWorld.MostFiller"/>.</param>
/// <param name="Confident">Spurious: it ends with a word of confidence.</param>
public sealed record ConfoundedAnswer(
    int Subject, IReadOnlyList<(int Key, int Value)> Clauses, bool Polite, bool Bullets, IReadOnlyList<int> Filler, bool Confident)
{
    /// <summary>The topic that it is about.</summary>
    public int Topic => Subject / 2;
}

/// <summary>A query of <see cref="ConfoundedWorld"/>, read.</summary>
/// <param name="Topic">The topic, 0 .. 7.</param>
/// <param name="Keys">The two keys asked for.</param>
public sealed record ConfoundedQuery(int Topic, IReadOnlyList<int> Keys);

/// <summary>How much style goes with which skill: what shifts between training and test.</summary>
public enum StyleLaw
{
    /// <summary>Who knows more writes more: the level of style is the writer's skill, as in the training pairs.</summary>
    Confounded,

    /// <summary>The level of style is drawn apart from the skill.</summary>
    Independent,

    /// <summary>Who knows less writes more: the level is one minus the skill.</summary>
    Reversed,
}
