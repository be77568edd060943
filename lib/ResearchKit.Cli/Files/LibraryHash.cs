using System.Security.Cryptography;
using System.Text;

namespace ResearchKit.Cli.Files;

/// <summary>One hash for the library that a run was made with: of its source files, whatever git knows of them.</summary>
internal static class LibraryHash
{
    /// <summary>SHA-256 over path and text of each file under lib/ResearchKit, build folders left out; line ends do not count.</summary>
    internal static string Of(Checkout checkout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, path) in Sources(checkout.Library))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{File.ReadAllText(path).ReplaceLineEndings("\n")}\0"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, string Path)> Sources(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(folder, path).Replace('\\', '/'), Path: path))
            .Where(file => file.Name.Split('/')[0] is not ("bin" or "obj"))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
}
