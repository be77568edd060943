using System.IO.Compression;
using System.Text.Json;

namespace ResearchKit.Text;

/// <summary>What the kit itself reads of a tokenizer.json: the vocabulary, the added tokens, and the text of its variants.</summary>
internal sealed class TokenizerJson
{
    private readonly byte[] _utf8;

    private TokenizerJson(string path, byte[] utf8)
    {
        Path = path;
        _utf8 = utf8;
    }

    internal string Path { get; }

    internal Dictionary<string, int> Ids { get; } = new(StringComparer.Ordinal);

    internal Dictionary<int, string> Tokens { get; } = [];

    internal HashSet<int> SpecialIds { get; } = [];

    internal static TokenizerJson Read(string path)
    {
        var json = new TokenizerJson(path, ReadBytes(path));
        try
        {
            using var document = JsonDocument.Parse(json._utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            json.ReadVocabulary(document.RootElement);
            json.ReadAddedTokens(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new TokenizerException($"{path}: not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: the file is damaged or cut short; copy it again ({error.Message})", error);
        }
        return json;
    }

    /// <summary>The file's own text.</summary>
    internal ReadOnlySpan<byte> Original => _utf8;

    /// <summary>The same tokenizer without truncation and padding: lengths are the kit's affair, and nothing is cut silently.</summary>
    internal byte[] WithSpecialTokens() => Rewrite(property => property.Name is "truncation" or "padding", specialKept: true);

    /// <summary>The same, without the post-processor that adds BOS and EOS, and with no added token special, so that decoding drops none.</summary>
    internal byte[] Bare() => Rewrite(property => property.Name is "truncation" or "padding" or "post_processor", specialKept: false);

    private byte[] Rewrite(Func<JsonProperty, bool> isDropped, bool specialKept)
    {
        using var document = JsonDocument.Parse(_utf8);
        using var stream = new MemoryStream(_utf8.Length);
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                if (isDropped(property)) writer.WriteNullValue();
                else if (property.Name == "added_tokens" && !specialKept) WriteNotSpecial(writer, property.Value);
                else writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteNotSpecial(Utf8JsonWriter writer, JsonElement added)
    {
        writer.WriteStartArray();
        foreach (var token in added.EnumerateArray())
        {
            writer.WriteStartObject();
            foreach (var field in token.EnumerateObject())
            {
                if (field.Name == "special") writer.WriteBoolean("special", false);
                else field.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void ReadVocabulary(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Bad("the file", "a JSON object", root);
        if (!root.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.Object) throw Bad("model", "an object with the vocabulary", model);
        if (!model.TryGetProperty("vocab", out var vocab)) throw Bad("model.vocab", "the tokens and their ids", vocab);
        if (vocab.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in vocab.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id < 0)
                {
                    throw Bad($"model.vocab[\"{entry.Name}\"]", "an id, a whole number from 0 up", entry.Value);
                }
                Add(entry.Name, id);
            }
        }
        else if (vocab.ValueKind == JsonValueKind.Array)
        {
            var id = 0;
            foreach (var entry in vocab.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() != 2 || entry[0].ValueKind != JsonValueKind.String)
                {
                    throw Bad($"model.vocab[{id}]", "a token and its score", entry);
                }
                Add(entry[0].GetString()!, id++);
            }
        }
        else throw Bad("model.vocab", "an object of ids or an array of scored tokens", vocab);
    }

    private void ReadAddedTokens(JsonElement root)
    {
        if (!root.TryGetProperty("added_tokens", out var added) || added.ValueKind == JsonValueKind.Null) return;
        if (added.ValueKind != JsonValueKind.Array) throw Bad("added_tokens", "an array", added);
        var index = 0;
        foreach (var token in added.EnumerateArray())
        {
            var place = $"added_tokens[{index++}]";
            if (token.ValueKind != JsonValueKind.Object) throw Bad(place, "an object with id and content", token);
            if (!token.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.String) throw Bad($"{place}.content", "a string", content);
            if (!token.TryGetProperty("id", out var idField) || idField.ValueKind != JsonValueKind.Number || !idField.TryGetInt32(out var id)) throw Bad($"{place}.id", "a whole number", idField);
            var text = content.GetString()!;
            if (Ids.TryGetValue(text, out var known) && known != id)
            {
                throw new TokenizerException($"{Path}: {place} gives '{text}' the id {id}, but the vocabulary gives it {known}; the library would use {known}: mend one of the two");
            }
            if (known != id || !Ids.ContainsKey(text)) Add(text, id);
            if (token.TryGetProperty("special", out var special) && special.ValueKind == JsonValueKind.True) SpecialIds.Add(id);
        }
    }

    private void Add(string token, int id)
    {
        if (!Tokens.TryAdd(id, token))
        {
            throw new TokenizerException($"{Path}: the id {id} belongs to two tokens, '{Tokens[id]}' and '{token}'; every token needs an id of its own");
        }
        Ids[token] = id;
    }

    private TokenizerException Bad(string place, string expected, JsonElement found)
    {
        var text = found.ValueKind == JsonValueKind.Undefined ? "nothing" : found.GetRawText();
        return new TokenizerException($"{Path}: {place}: expected {expected}, found {(text.Length > 60 ? text[..60] + "..." : text)}");
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            if (!path.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllBytes(path);
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            return plain.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw new TokenizerException($"{path}: not a whole gzip file: {error.Message}; copy it again", error);
        }
    }
}
