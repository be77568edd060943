using System.Text;

namespace ResearchKit.Cli.Files;

/// <summary>Writes beside the target and renames, so that a reader or a kill never meets half a file.</summary>
internal static class AtomicFile
{
    internal static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
