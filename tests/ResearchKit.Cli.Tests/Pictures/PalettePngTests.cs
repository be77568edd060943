using System.Buffers.Binary;
using System.IO.Compression;
using ResearchKit.Cli.Pictures;

namespace ResearchKit.Cli.Tests.Pictures;

public sealed class PalettePngTests
{
    private const int Side = 64;

    [Fact]
    public void Few_colours_become_a_palette_and_every_pixel_keeps_its_colour()
    {
        int[] colours = [0xffffff, 0x0072b2, 0x24292f];
        var pixels = Enumerable.Range(0, Side * Side).Select(i => colours[i / 7 % 3]).ToArray();
        var small = PalettePng.Shrink(Rgba(pixels));
        Assert.Equal(3, small[25]);
        Assert.Equal(pixels, Read(small));
        Assert.Equal(small, PalettePng.Shrink(Rgba(pixels)));
    }

    [Fact]
    public void A_picture_that_a_palette_would_change_visibly_stays_as_it_is()
    {
        var random = new Random(1);
        var photo = Rgba([.. Enumerable.Range(0, Side * Side).Select(_ => random.Next(0x1000000))]);
        Assert.Same(photo, PalettePng.Shrink(photo));
        byte[] other = [1, 2, 3];
        Assert.Same(other, PalettePng.Shrink(other));
    }

    private static byte[] Rgba(int[] pixels)
    {
        using var png = new MemoryStream();
        png.Write(PalettePng.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        (header[8], header[9]) = (8, 6);
        PalettePng.Chunk(png, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in pixels.Chunk(Side)) zlib.Write([0, .. row.SelectMany(p => new[] { (byte)(p >> 16), (byte)(p >> 8), (byte)p, (byte)255 })]);
        }
        PalettePng.Chunk(png, "IDAT", data.ToArray());
        PalettePng.Chunk(png, "IEND", []);
        return png.ToArray();
    }

    // Signature 8, header chunk 25; then the palette and the data, one chunk each.
    private static int[] Read(byte[] png)
    {
        var entries = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33)) / 3;
        var palette = Enumerable.Range(0, entries).Select(i => png[41 + 3 * i] << 16 | png[42 + 3 * i] << 8 | png[43 + 3 * i]).ToArray();
        var start = 41 + 3 * entries + 4 + 8;
        using var zlib = new ZLibStream(new MemoryStream(png[start..]), CompressionMode.Decompress);
        var rows = new byte[Side * (Side + 1)];
        zlib.ReadExactly(rows);
        return [.. rows.Chunk(Side + 1).SelectMany(row => row[1..]).Select(place => palette[place])];
    }
}
