using System.IO.Compression;
using System.Text.Json.Nodes;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Text;

public sealed class HuggingFaceTokenizerTests
{
    [Fact]
    public void A_folder_a_file_and_a_gzip_file_give_the_same_tokenizer()
    {
        var folder = Checkout.Shared("models/stories260K");
        using var temporary = new TemporaryFolder();
        using (var packed = new GZipStream(File.Create(Path.Combine(temporary.Path, "tokenizer.json.gz")), CompressionLevel.Fastest))
        {
            packed.Write(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        }
        int[][] ids = [.. new[] { folder, Path.Combine(folder, "tokenizer.json"), temporary.Path }.Select(Encode)];
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[0], ids[2]);

        static int[] Encode(string path)
        {
            using var tokenizer = HuggingFaceTokenizer.Load(path);
            return tokenizer.Encode("Once upon a time", addSpecialTokens: true);
        }
    }

    [Fact]
    public void Special_tokens_are_named_by_the_config_as_string_or_object_and_null_means_none()
    {
        using var folder = Stories();
        folder.Write("config.json", """{"bos_token_id": 7, "eos_token_id": [2, 3]}""");
        folder.Write("tokenizer_config.json", """{"bos_token": null, "pad_token": {"content": "<unk>"}}""");
        folder.Write("special_tokens_map.json", """{"bos_token": "<s>", "unk_token": {"content": "<unk>"}}""");
        using var tokenizer = HuggingFaceTokenizer.Load(folder.Path);
        Assert.Null(tokenizer.BosId);
        Assert.Equal((2, 0, 0), (tokenizer.EosId, tokenizer.PadId, tokenizer.UnknownId));
    }

    [Fact]
    public void Truncation_and_padding_of_the_file_are_not_applied()
    {
        using var folder = Stories(json =>
        {
            json["truncation"] = JsonNode.Parse("""{"direction":"Right","max_length":3,"strategy":"LongestFirst","stride":0}""");
            json["padding"] = JsonNode.Parse("""{"strategy":{"Fixed":40},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"<unk>"}""");
        });
        using var plain = HuggingFaceTokenizer.Load(Checkout.Shared("models/stories260K"));
        using var tokenizer = HuggingFaceTokenizer.Load(folder.Path);
        const string text = "Once upon a time there was a little girl";
        Assert.Equal(plain.Encode(text), tokenizer.Encode(text));
        Assert.Equal(plain.Encode(text, addSpecialTokens: true), tokenizer.Encode(text, addSpecialTokens: true));
    }

    [Fact]
    public void Many_threads_may_encode_and_decode_at_once()
    {
        using var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared("models/stories260K"));
        var texts = Enumerable.Range(0, 400).Select(i => $"Lily had {i} red balls and a dog").ToArray();
        var expected = texts.Select(text => tokenizer.Encode(text)).ToArray();
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            Assert.Equal(expected[i], tokenizer.Encode(texts[i]));
            Assert.Equal([1, .. expected[i]], tokenizer.Encode(texts[i], addSpecialTokens: true));
            Assert.Equal(texts[i], tokenizer.Decode(expected[i]));
        });
    }

    [Fact]
    public void Tokens_are_shown_as_the_vocabulary_writes_them()
    {
        using var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared("models/stories260K"));
        Assert.Equal("<s>", tokenizer.TokenText(1));
        Assert.Equal(1, tokenizer.TokenId("<s>"));
        Assert.Null(tokenizer.TokenId("no such token"));
        Assert.Contains("512", Assert.Throws<VocabularyException>(() => tokenizer.TokenText(512)).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<VocabularyException>(() => tokenizer.Decode([5, -1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_left_behind()
    {
        var before = Left();
        using (var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared("models/stories260K"))) tokenizer.Encode("a", addSpecialTokens: true);
        // Other tests may be loading at this moment, so a few moments are granted before a leftover counts.
        var left = Left().Except(before).ToArray();
        Assert.True(SpinWait.SpinUntil(() => !left.Any(Directory.Exists), TimeSpan.FromSeconds(20)), string.Join(' ', left));

        static string[] Left() => Directory.GetDirectories(Path.GetTempPath(), "researchkit-tokenizer-*");
    }

    private static TemporaryFolder Stories(Action<JsonObject>? change = null)
    {
        var json = GoldenFiles.Read(Path.Combine(Checkout.Shared("models/stories260K"), "tokenizer.json"));
        change?.Invoke(json);
        var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", json.ToJsonString());
        return folder;
    }
}
