using ResearchKit.Runtime;

namespace ResearchKit.Checkpoints;

/// <summary>Whole files of this folder, with its own error where the file system refuses.</summary>
internal static class DurableFile
{
    /// <summary>Writes a file through a stream; the old one stays until the new one is whole.</summary>
    /// <exception cref="CheckpointException">The file system refused.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the file cannot be written: {error.Message} The old file, if there was one, is untouched.", error);
        }
    }
}
