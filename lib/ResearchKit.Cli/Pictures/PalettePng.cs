using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ResearchKit.Cli.Pictures;

/// <summary>
/// A chart has few colours, and a browser writes its pictures in four bytes a pixel: the same picture over a palette
/// of 64 colours takes a fifth of the room in a repository; a busier chart gets 256.
/// </summary>
internal static class PalettePng
{
    private static readonly int[] Sizes = [64, 256];

    // Beyond this share of pixels that would change visibly a palette is too small; where the largest is, a picture is no
    // chart and stays as it is.
    private const double ShareThatMayChange = 0.002;
    private const int VisibleStep = 24;

    internal static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The picture over a palette; the picture as it is where that would show or save nothing.</summary>
    internal static byte[] Shrink(byte[] png)
    {
        if (PngPixels.Read(png) is not { } picture) return png;
        var counts = new Dictionary<int, int>();
        foreach (var pixel in picture.Colours) counts[pixel] = counts.GetValueOrDefault(pixel) + 1;
        foreach (var size in Sizes)
        {
            var palette = Palette(counts, size);
            var places = counts.Keys.ToDictionary(colour => colour, colour => Nearest(palette, colour));
            var changed = counts.Sum(colour => Step(palette[places[colour.Key]], colour.Key) > VisibleStep ? (long)colour.Value : 0);
            if (changed > ShareThatMayChange * picture.Colours.Length) continue;
            var small = Write(picture.Width, palette, [.. picture.Colours.Select(colour => (byte)places[colour])]);
            return small.Length < png.Length ? small : png;
        }
        return png;
    }

    // Half for the commonest colours as they are, so that a heat map's cells keep theirs; half for what lies between
    // the colours along edges, close ones taken together. Ties go by the colour, so that the same pixels give the same bytes.
    private static int[] Palette(Dictionary<int, int> counts, int size)
    {
        var ordered = counts.OrderByDescending(colour => colour.Value).ThenBy(colour => colour.Key).ToList();
        var common = ordered.Take(size / 2).Select(colour => colour.Key);
        var between = ordered.Skip(size / 2).GroupBy(colour => colour.Key & 0xf0f0f0)
            .OrderByDescending(group => group.Sum(colour => (long)colour.Value)).ThenBy(group => group.Key)
            .Take(size / 2).Select(group => group.First().Key);
        return [.. common, .. between];
    }

    private static int Nearest(int[] palette, int colour)
    {
        var (best, distance) = (0, int.MaxValue);
        for (var i = 0; i < palette.Length && distance > 0; i++)
        {
            var (r, g, b) = Difference(palette[i], colour);
            if (r * r + g * g + b * b is var squared && squared < distance) (best, distance) = (i, squared);
        }
        return best;
    }

    private static int Step(int one, int other) => Difference(one, other) is var (r, g, b) ? Math.Max(Math.Abs(r), Math.Max(Math.Abs(g), Math.Abs(b))) : 0;

    private static (int R, int G, int B) Difference(int one, int other) =>
        ((one >> 16) - (other >> 16), (one >> 8 & 255) - (other >> 8 & 255), (one & 255) - (other & 255));

    private static byte[] Write(int width, int[] palette, byte[] places)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), places.Length / width);
        (header[8], header[9]) = (8, 3);
        Chunk(png, "IHDR", header);
        Chunk(png, "PLTE", [.. palette.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })]);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            foreach (var row in places.Chunk(width))
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }
        Chunk(png, "IDAT", data.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    internal static void Chunk(MemoryStream png, string name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
