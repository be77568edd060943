namespace ResearchKit.Data;

/// <summary>
/// Given to a reader, makes it leave out bad rows and count them here; without one, the first bad row ends the reading.
/// </summary>
public sealed class SkippedRows
{
    private const int Remembered = 5;
    private readonly List<DataFormatException> _firstErrors = [];

    /// <summary>Rows that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that were left out.</summary>
    public long Skipped { get; private set; }

    /// <summary>The first errors, at most five.</summary>
    public IReadOnlyList<DataFormatException> FirstErrors => _firstErrors;

    /// <summary>One line for a notebook: the two counts and the first error.</summary>
    public override string ToString() => FormattableString.Invariant($"{Read:N0} rows read, {Skipped:N0} left out") +
        (_firstErrors.Count == 0 ? "" : $"; first: {_firstErrors[0].Message}");

    internal void CountRead() => Read++;

    internal void Count(DataFormatException error)
    {
        Skipped++;
        if (_firstErrors.Count < Remembered) _firstErrors.Add(error);
    }
}
