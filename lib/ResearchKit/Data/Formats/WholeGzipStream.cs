using System.IO.Compression;

namespace ResearchKit.Data.Formats;

/// <summary>
/// Unpacks gzip and fails where the file is cut short, which <see cref="GZipStream"/> passes over in silence: a member
/// with a mark is put after the file's own, and only a whole file lets it come out again.
/// </summary>
internal sealed class WholeGzipStream : ForwardStream
{
    private static readonly byte[] Mark = "researchkit:end-of-gzip:4a7cf19e"u8.ToArray();
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly GZipStream _unpacked;
    private readonly byte[] _held = new byte[(1 << 16) + Mark.Length];
    private int _start;
    private int _count;
    private bool _ended;

    internal WholeGzipStream(Stream packed) => _unpacked = new GZipStream(new JoinedStream(packed, new MemoryStream(MarkMember)), CompressionMode.Decompress);

    // The last bytes are held back until it is known whether they are the mark.
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _count <= Mark.Length) Fill();
        var ready = Math.Min(buffer.Length, _ended ? _count : _count - Mark.Length);
        _held.AsSpan(_start, ready).CopyTo(buffer);
        _start += ready;
        _count -= ready;
        return ready;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _held.AsSpan(_start, _count).CopyTo(_held);
        _start = 0;
        var read = _unpacked.Read(_held.AsSpan(_count));
        _count += read;
        if (read > 0) return;
        if (!_held.AsSpan(0, _count).EndsWith(Mark)) throw new InvalidDataException("it is cut short, or something that is not gzip follows it");
        _count -= Mark.Length;
        _ended = true;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.NoCompression)) packed.Write(bytes);
        return stream.ToArray();
    }

    private sealed class JoinedStream(Stream first, Stream second) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => first.Read(buffer) is var read and > 0 ? read : second.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing) first.Dispose();
            base.Dispose(disposing);
        }
    }
}
