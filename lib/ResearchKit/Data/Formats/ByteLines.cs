using System.Collections;

namespace ResearchKit.Data.Formats;

/// <summary>A stream's lines as bytes, so that text which is not UTF-8 is seen and not replaced; a byte order mark is dropped.</summary>
internal sealed class ByteLines(string path, Stream stream) : IEnumerable<byte[]>
{
    public IEnumerator<byte[]> GetEnumerator()
    {
        var buffer = new byte[1 << 16];
        var line = new MemoryStream();
        var isFirst = true;
        for (var count = Fill(buffer); count > 0; count = Fill(buffer))
        {
            for (var start = 0; start < count;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, count - start);
                line.Write(buffer, start, (end < 0 ? count : end) - start);
                start = end < 0 ? count : end + 1;
                if (end < 0) continue;
                yield return Take();
            }
        }
        if (line.Length > 0) yield return Take();

        byte[] Take()
        {
            var bytes = line.ToArray();
            line.SetLength(0);
            if (isFirst && bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
            isFirst = false;
            return bytes;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Fill(byte[] buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(path, null, $"not a whole gzip file: {error.Message}; copy it again", error);
        }
    }
}
