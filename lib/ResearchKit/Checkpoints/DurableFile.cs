namespace ResearchKit.Checkpoints;

/// <summary>Files that are whole or absent: written beside, flushed to the disk, renamed over the old one.</summary>
internal static class DurableFile
{
    /// <summary>The ending of a file that is being written.</summary>
    internal const string Beside = ".tmp";

    /// <summary>Writes a file through a stream; the old one stays until the new one is whole.</summary>
    /// <exception cref="CheckpointException">The file system refused.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        var beside = path + Beside;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the file cannot be written: {error.Message} The old file, if there was one, is untouched.", error);
        }
    }
}
