using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>
/// A safetensors file opened for reading, memory-mapped: only the tensors that are read cost memory. The whole header
/// is checked on opening; every fault is a <see cref="CheckpointException"/> that names file, tensor, found and expected.
/// </summary>
/// <remarks>
/// Stricter than the format's reference where that is silent: unknown fields of an entry are refused, and element types
/// are those that torch tensors here can hold (F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL). As with every memory map, a file
/// that another process cuts short in place while it is open ends this one; replacing it by a rename is safe.
/// </remarks>
public sealed unsafe class SafeTensorsFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly SafeTensorsHeader header;
    private readonly long data;
    private bool disposed;

    private SafeTensorsFile(string path, MemoryMappedFile map, long length)
    {
        Path = path;
        this.map = map;
        view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var headerLength = SafeTensorsHeader.Length(path, new ReadOnlySpan<byte>(start, 8), length);
            data = 8 + headerLength;
            header = SafeTensorsHeader.Parse(path, new ReadOnlySpan<byte>(start + 8, headerLength), length - data);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The tensors by name, in the header's order.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => header.Entries;

    /// <summary>The strings of __metadata__; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable or malformed.</exception>
    public static SafeTensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length < 8)
                throw new CheckpointException(path, stream.Length == 0 ? "the file is empty" : "the file is truncated", $"{stream.Length} bytes", "at least the 8 bytes of a header's length");
            var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            try
            {
                return new SafeTensorsFile(path, map, stream.Length);
            }
            catch
            {
                map.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the file cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Copies one tensor out of the file.</summary>
    /// <param name="name">Its name in <see cref="Entries"/>.</param>
    /// <param name="convertTo">The element type of the result; the file's own by default.</param>
    /// <returns>A new tensor on the CPU, the caller's to dispose.</returns>
    /// <exception cref="CheckpointException">The name is absent, or a BOOL byte is neither 0 nor 1.</exception>
    public Tensor Read(string name, ScalarType? convertTo = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!Entries.TryGetValue(name, out var entry))
            throw new CheckpointException(Path, "the tensor is absent", $"{Entries.Count} others", "this name; does the file belong to the model?", name);

        using var scope = NewDisposeScope();
        var tensor = empty([.. entry.Shape], entry.DType);
        var at = start + data + entry.Offset;
        TensorBytes.Visit(tensor, bytes =>
        {
            var source = new ReadOnlySpan<byte>(at, bytes.Length);
            if (entry.DType == ScalarType.Bool) CheckBooleans(name, source);
            source.CopyTo(bytes);
            at += bytes.Length;
        });
        return (convertTo is { } type ? tensor.to_type(type) : tensor).DetachFromDisposeScope();
    }

    /// <summary>The data buffer's bytes from <paramref name="offset"/> on, for hashing.</summary>
    internal ReadOnlySpan<byte> Bytes(TensorEntry entry, long offset, int length)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new ReadOnlySpan<byte>(start + data + entry.Offset + offset, length);
    }

    private void CheckBooleans(string name, ReadOnlySpan<byte> source)
    {
        var bad = source.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (bad >= 0) throw new CheckpointException(Path, "a BOOL element is no boolean", $"byte {source[bad]} at element {bad}", "0 or 1", name);
    }

    /// <summary>Unmaps the file; tensors that were read stay valid.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
