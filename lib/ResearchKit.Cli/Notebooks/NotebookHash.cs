using System.Security.Cryptography;
using System.Text;

namespace ResearchKit.Cli.Notebooks;

internal static class NotebookHash
{
    /// <summary>SHA-256 of the file's bytes.</summary>
    internal static string OfFile(string path) => OfBytes(File.ReadAllBytes(path));

    internal static string OfBytes(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>
    /// SHA-256 over kind, tags and source of each cell. A notebook that is committed with the outputs of its run has
    /// another file hash than the file that was run, and still this one.
    /// </summary>
    internal static string OfSources(Notebook notebook)
    {
        var text = new StringBuilder();
        foreach (var cell in notebook.Cells)
        {
            text.Append(cell.Kind).Append('\0').AppendJoin(',', cell.Tags).Append('\0').Append(cell.Source).Append('\0');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
