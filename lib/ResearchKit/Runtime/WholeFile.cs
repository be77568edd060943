namespace ResearchKit.Runtime;

/// <summary>Files that are whole or absent: written beside their place, flushed to the disk, renamed over the old one.</summary>
public static class WholeFile
{
    /// <summary>The ending of a file that is being written; one that stays behind is from a killed process.</summary>
    public const string Beside = ".tmp";

    /// <summary>Writes a file through a stream; the old one stays until the new one is whole. The folder is created.</summary>
    /// <exception cref="IOException">The file system refused; an older file is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var beside = target + Beside;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
