using System.IO.Compression;

namespace ResearchKit.Data.Formats;

/// <summary>Writes a file beside its place, flushes it to disk and renames it: a file of that name is never half-written.</summary>
internal static class WholeFile
{
    internal static long Write(string path, bool isPacked, Func<Stream, long> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var beside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            long count;
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                if (isPacked)
                {
                    using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
                    count = write(packed);
                }
                else count = write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, target, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
