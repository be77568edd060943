using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Text.Templates;

namespace ResearchKit.Text;

/// <summary>
/// A conversation as the one text a model was trained on. The kit has no Jinja engine: it holds the field's common
/// templates as C# and recognises a stored one by its text. Immutable, so any number of threads may use it.
/// </summary>
public sealed class ChatTemplate
{
    private static readonly ChatTemplate[] Known =
    [
        new("chatml", "<s>", "<|im_end|>", ChatMl.Render, "153280e3ff55d19da1398bdb3914ee2a51b80429bfaedde11d7d216c39db80f3"),
        new("chatml-alternating", "<s>", "<|im_end|>", ChatMlAlternating.Render, "81a800d52014500ed43923f335cdf7a40c6cb2f54ce368ba39eeba97e6d908cc"),
        new("qwen2.5", null, "<|im_end|>", Qwen25.Render, "55b2f4a26ac9ee719330a61a0c39d9e538b0e9322212f048326318cff4f8674a"),
        new("qwen3", null, "<|im_end|>", Qwen3.Render, "87a2728cb8dc9fe424d624542f6060ec05a1d285ebbec578bb078900e33396b5"),
        new("llama-2", "<s>", "</s>", Llama2.Render, "e8d5b5a546d3f19df16a5320c614fab05bdc4edd50e850f1afd947b503ea41cf"),
        new("llama-3", "<|begin_of_text|>", "<|eot_id|>", Llama3.Render, "ba03a121d097859c7b5b9cd03af99aafe95275210d2876f642ad9929a150f122"),
        new("llama-3.1", "<|begin_of_text|>", "<|eot_id|>", Llama31.Render, "93c0e9aa3629bbd77e68dbc0f5621f6e6b23aa8d74b932595cdb8d64684526d7"),
        new("mistral-7b-instruct-v0.1", "<s>", "</s>", Mistral7B.Render, "7e995b379ec01747807246483647cd99030abf331653f1119e16d7ac041a3495"),
        new("mistral-nemo", "<s>", "</s>", MistralNemo.Render, "c7a94f505398612940c13ee95070d0d152bcb7b4afbd74a06ff148a82a02851c"),
        new("zephyr", "<s>", "</s>", Zephyr.Render, "66291cf0045c2425a3a667cf3cbb7af2b11f09e025c02f97245323ab79119362"),
        new("gemma-2", "<bos>", "<eos>", Gemma2.Render, "ecd6ae513fe103f0eb62e8ab5bfa8d0fe45c1074fa398b089c93a7e70c15cfd6"),
        new("phi-3", "<s>", "<|endoftext|>", Phi3.Render, "dcaee66df77bfbb789ec541fe713218da30225a526f1db97138fc39ee6dc56aa"),
    ];

    private readonly Func<Chat, string> _render;
    private readonly string _fingerprint;

    private ChatTemplate(string name, string? bos, string? eos, Func<Chat, string> render, string fingerprint)
    {
        (Name, BosToken, EosToken, _render, _fingerprint) = (name, bos, eos, render, fingerprint);
    }

    /// <summary>The names that <see cref="ByName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(template => template.Name)];

    /// <summary>The template's name.</summary>
    public string Name { get; }

    /// <summary>The BOS token it writes unless <see cref="ChatOptions.BosToken"/> says otherwise, or null.</summary>
    public string? BosToken { get; }

    /// <summary>The EOS token it writes unless <see cref="ChatOptions.EosToken"/> says otherwise, or null.</summary>
    public string? EosToken { get; }

    /// <summary>The template of this name.</summary>
    /// <exception cref="ChatTemplateException">No template has the name; the message lists those that are there.</exception>
    public static ChatTemplate ByName(string name) => Known.FirstOrDefault(template => template.Name == name)
        ?? throw new ChatTemplateException($"no chat template is called '{name}'; {Choice}");

    /// <summary>The template whose Jinja text this is, line endings and one newline at the end aside.</summary>
    /// <exception cref="ChatTemplateException">The kit does not know this text; the message lists the names to choose from.</exception>
    public static ChatTemplate Recognise(string jinja)
    {
        ArgumentNullException.ThrowIfNull(jinja);
        var fingerprint = Fingerprint(jinja);
        return Known.FirstOrDefault(template => template._fingerprint == fingerprint)
            ?? throw new ChatTemplateException($"this chat template (SHA-256 {fingerprint[..12]}..., {jinja.Length} characters) is none that the kit knows, and the kit runs no Jinja; {Choice}");
    }

    /// <summary>The template stored in a model folder (chat_template.jinja, or chat_template in tokenizer_config.json), with that folder's BOS and EOS.</summary>
    /// <exception cref="ChatTemplateException">The folder holds none, or one that the kit does not know.</exception>
    /// <exception cref="TokenizerException">tokenizer_config.json is damaged.</exception>
    public static ChatTemplate Of(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, "tokenizer_config.json"), jinjaPath = Path.Combine(folder, "chat_template.jinja");
        var json = File.Exists(path) ? SpecialTokens.ReadObject(path) : [];
        var jinja = File.Exists(jinjaPath) ? File.ReadAllText(jinjaPath) : Stored(path, json["chat_template"]);
        if (jinja is null) throw new ChatTemplateException($"{folder}: no chat template: neither chat_template.jinja nor a chat_template in tokenizer_config.json; {Choice}");
        try
        {
            var known = Recognise(jinja);
            return new ChatTemplate(known.Name, Token("bos_token", known.BosToken), Token("eos_token", known.EosToken), known._render, known._fingerprint);
        }
        catch (ChatTemplateException error)
        {
            throw new ChatTemplateException($"{folder}: {error.Message}", error);
        }

        string? Token(string field, string? otherwise) =>
            json.TryGetPropertyValue(field, out var token) ? SpecialTokens.Text(path, field, token) : otherwise;
    }

    /// <summary>The conversation's text.</summary>
    /// <exception cref="ChatTemplateException">The template refuses the messages (an order of roles, a role, a tool call's form).</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        options ??= new ChatOptions();
        return _render(new Chat(Name, messages, options, options.BosToken ?? BosToken, options.EosToken ?? EosToken));
    }

    private static string Choice => $"set one by ChatTemplate.ByName: {string.Join(", ", Names)}";

    private static string Fingerprint(string jinja)
    {
        var text = jinja.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.EndsWith('\n')) text = text[..^1];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // Several templates may be stored as a list of name and template; "default" is the one for plain chat.
    private static string? Stored(string path, JsonNode? stored) => stored switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray list when list.OfType<JsonObject>().FirstOrDefault(entry => (string?)entry["name"] == "default")?["template"] is JsonValue value && value.TryGetValue(out string? text) => text,
        _ => throw new ChatTemplateException($"{path}: chat_template: expected a string, or a list of 'name' and 'template' with one named 'default'"),
    };
}
