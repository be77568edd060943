using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ResearchKit.Cli.Pictures;

/// <summary>An opaque picture's pixels, 0xRRGGBB, row by row.</summary>
internal sealed record PngPixels(int Width, int[] Colours)
{
    /// <summary>Reads what a browser's canvas writes (8 bits, RGB or RGBA, not interlaced); null for anything else, and for transparency.</summary>
    internal static PngPixels? Read(byte[] png)
    {
        if (!png.AsSpan().StartsWith(PalettePng.Signature)) return null;
        using var data = new MemoryStream();
        var header = ReadOnlySpan<byte>.Empty;
        for (var at = PalettePng.Signature.Length; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var content = png.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR": header = content; break;
                case "IDAT": data.Write(content); break;
            }
            at += length + 12;
        }
        var bytesPerPixel = header[9] switch { 2 => 3, 6 => 4, _ => 0 };
        if (header[8] != 8 || bytesPerPixel == 0 || header[12] != 0) return null;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var colours = new int[width * height];
        var (above, row) = (new byte[width * bytesPerPixel], new byte[width * bytesPerPixel]);
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(row);
            Unfilter(filter, row, above, bytesPerPixel);
            for (var x = 0; x < width; x++)
            {
                var pixel = row.AsSpan(x * bytesPerPixel);
                if (bytesPerPixel == 4 && pixel[3] != 255) return null;
                colours[y * width + x] = pixel[0] << 16 | pixel[1] << 8 | pixel[2];
            }
            (above, row) = (row, above);
        }
        return new PngPixels(width, colours);
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int bytesPerPixel)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < bytesPerPixel ? 0 : row[i - bytesPerPixel];
            var corner = i < bytesPerPixel ? 0 : above[i - bytesPerPixel];
            row[i] += (byte)(filter switch { 1 => left, 2 => above[i], 3 => (left + above[i]) / 2, 4 => Paeth(left, above[i], corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
