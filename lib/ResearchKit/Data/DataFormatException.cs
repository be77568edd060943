using ResearchKit.Runtime;

namespace ResearchKit.Data;

/// <summary>A data file or one of its rows that is not what was expected.</summary>
public sealed class DataFormatException : KitException
{
    /// <summary>Creates the error; its message joins file, row and problem.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="row">Where in it, such as "line 12" or "row 3"; null where the file as a whole is meant.</param>
    /// <param name="problem">The field, what was expected and what was found.</param>
    /// <param name="inner">What a library said.</param>
    public DataFormatException(string file, string? row, string problem, Exception? inner = null)
        : base(row is null ? $"{file}: {problem}" : $"{file}, {row}: {problem}", inner)
    {
        (File, Row) = (file, row);
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>Where in the file, such as "line 12" (JSON Lines, counted from 1) or "row 3"; null where the file as a whole is meant.</summary>
    public string? Row { get; }
}
