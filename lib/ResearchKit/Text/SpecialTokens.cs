using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Text;

/// <summary>
/// Which ids begin, end, fill and stand for the unknown, as the files beside a tokenizer.json tell:
/// tokenizer_config.json first, then special_tokens_map.json, then config.json. A null there means none.
/// </summary>
internal sealed record SpecialTokens(int? Bos, int? Eos, int? Pad, int? Unknown)
{
    internal static SpecialTokens Read(string folder, TokenizerJson tokenizer)
    {
        string[] files = ["tokenizer_config.json", "special_tokens_map.json"];
        var named = files
            .Select(file => System.IO.Path.Combine(folder, file)).Where(File.Exists)
            .Select(path => (Path: path, Json: ReadObject(path))).ToArray();
        var configPath = System.IO.Path.Combine(folder, "config.json");
        var config = File.Exists(configPath) ? ReadObject(configPath) : null;
        return new SpecialTokens(Find("bos"), Find("eos"), Find("pad"), Find("unk"));

        int? Find(string kind)
        {
            foreach (var (path, json) in named)
            {
                if (json.TryGetPropertyValue($"{kind}_token", out var token)) return Named(path, $"{kind}_token", token, tokenizer);
            }
            return config is not null && config.TryGetPropertyValue($"{kind}_token_id", out var id) ? Numbered(configPath, $"{kind}_token_id", id) : null;
        }
    }

    internal static JsonObject ReadObject(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new TokenizerException($"{path}: expected a JSON object, found another JSON value");
        }
        catch (JsonException error)
        {
            throw new TokenizerException($"{path}: not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {error.Message}", error);
        }
    }

    /// <summary>A token's text, which files write as a string or as an object with its content.</summary>
    internal static string? Text(string path, string field, JsonNode? token) => token switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonObject added when added["content"] is JsonValue value && value.TryGetValue(out string? text) => text,
        _ => throw new TokenizerException($"{path}: {field}: expected a string, an object with 'content', or null, found {token.ToJsonString()}"),
    };

    private static int? Named(string path, string field, JsonNode? token, TokenizerJson tokenizer)
    {
        var text = Text(path, field, token);
        if (text is null) return null;
        return tokenizer.Ids.TryGetValue(text, out var id)
            ? id
            : throw new TokenizerException($"{path}: {field} is '{text}', which {System.IO.Path.GetFileName(tokenizer.Path)} does not hold; the two files belong to different tokenizers");
    }

    private static int? Numbered(string path, string field, JsonNode? id)
    {
        // Llama 3 lists several ends; the first is the text's own.
        var first = id is JsonArray { Count: > 0 } list ? list[0] : id;
        if (first is null) return null;
        return first is JsonValue value && value.TryGetValue(out int number)
            ? number
            : throw new TokenizerException($"{path}: {field}: expected a whole number, found {id!.ToJsonString()}");
    }
}
