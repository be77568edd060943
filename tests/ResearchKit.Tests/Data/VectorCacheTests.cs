using ResearchKit.Data;
using ResearchKit.Text;

namespace ResearchKit.Tests.Data;

public sealed class VectorCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("researchkit-vectors-").FullName;

    private string Path => System.IO.Path.Combine(folder, "sub", "vectors.bin");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class Counting(string version = "v1") : ITextEncoder
    {
        public int Encoded { get; private set; }
        public string Version => version;

        public float[][] Encode(IReadOnlyList<string> texts)
        {
            Encoded += texts.Count;
            return [.. texts.Select(text => new float[] { text.Length, text.Sum(c => c) })];
        }
    }

    [Fact]
    public void A_text_is_encoded_once_also_across_openings()
    {
        string[] texts = ["a", "bb", "a", "a longer text"];
        var first = new Counting();
        var cache = new VectorCache(first, Path);
        var vectors = cache.Encode(texts);
        var second = new Counting();
        var again = new VectorCache(second, Path);

        Assert.Equal("a new cache", cache.Note);
        Assert.Equal(3, first.Encoded);
        Assert.Equal("3 vectors from the cache", again.Note);
        Assert.Equal(vectors, again.Encode(texts));
        Assert.Equal(0, second.Encoded);
        Assert.Equal(new float[] { 2, 196 }, again.Encode(["bb"])[0]);
        Assert.Empty(Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, "*.tmp"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_torn_file_is_seen_and_its_vectors_are_computed_again(int length)
    {
        new VectorCache(new Counting(), Path).Encode(["a", "b"]);
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..(length < 0 ? bytes.Length + length : length)]);

        var encoder = new Counting();
        var cache = new VectorCache(encoder, Path);

        Assert.Contains("torn", cache.Note, StringComparison.Ordinal);
        cache.Encode(["a", "b"]);
        Assert.Equal(2, encoder.Encoded);
        Assert.Equal("2 vectors from the cache", new VectorCache(new Counting(), Path).Note);
    }

    [Fact]
    public void A_flipped_bit_is_seen()
    {
        new VectorCache(new Counting(), Path).Encode(["a", "b"]);
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path, bytes);

        Assert.Equal(0, new VectorCache(new Counting(), Path).Count);
    }

    [Fact]
    public void Vectors_of_another_version_are_not_mixed_in()
    {
        new VectorCache(new Counting("v1"), Path).Encode(["a"]);
        var encoder = new Counting("v2");
        var cache = new VectorCache(encoder, Path);

        Assert.Equal("the cache holds vectors of 'v1', not of 'v2', and is not used", cache.Note);
        cache.Encode(["a"]);
        Assert.Equal(1, encoder.Encoded);
    }
}
