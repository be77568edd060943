using System.Text.Json.Nodes;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Text;

public sealed class ChatTemplateTests
{
    private static readonly ChatMessage[] Question = [new("system", "Be brief."), new("user", " Why? ")];

    [Fact]
    public void A_name_gives_the_template_with_its_own_tokens()
    {
        var text = ChatTemplate.ByName("llama-3").Render(Question, new ChatOptions { AddGenerationPrompt = true });
        Assert.Equal("<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nWhy?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", text);
    }

    [Fact]
    public void Every_name_is_recognised_from_the_stored_text_whatever_its_line_endings()
    {
        var templates = GoldenFiles.Read(Checkout.Shared("golden/chat-templates.json"))["templates"]!.AsArray();
        Assert.Equal(ChatTemplate.Names, templates.Select(template => (string)template!["name"]!));
        foreach (var template in templates)
        {
            var jinja = (string)template!["template"]!;
            Assert.Same(ChatTemplate.ByName((string)template["name"]!), ChatTemplate.Recognise(jinja.Replace("\n", "\r\n", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("qwen2.5", "qwen2.5", null, "<|im_end|>")]
    [InlineData("llama3", "llama-3", "<|begin_of_text|>", "<|eot_id|>")]
    [InlineData("mistral-nemo", "mistral-nemo", "<s>", "</s>")]
    public void A_model_folder_tells_its_template(string folder, string name, string? bos, string? eos)
    {
        var template = ChatTemplate.Of(Checkout.Shared($"tokenizers/{folder}"));
        Assert.Equal((name, bos, eos), (template.Name, template.BosToken, template.EosToken));
    }

    [Fact]
    public void An_unknown_stored_template_is_refused_with_the_names_to_set()
    {
        var error = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Of(Checkout.Shared("tokenizers/llama3.2")));
        Assert.Contains("tokenizers/llama3.2", error.Message, StringComparison.Ordinal);
        Assert.All(ChatTemplate.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_a_template_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no chat template", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Of(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_among_several_named_ones_is_the_default()
    {
        var jinja = (string)GoldenFiles.Read(Checkout.Shared("golden/chat-templates.json"))["templates"]![0]!["template"]!;
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer_config.json", new JsonObject
        {
            ["eos_token"] = new JsonObject { ["content"] = "<end>" },
            ["chat_template"] = new JsonArray(
                new JsonObject { ["name"] = "tool_use", ["template"] = "{{ other }}" },
                new JsonObject { ["name"] = "default", ["template"] = jinja }),
        }.ToJsonString());
        var template = ChatTemplate.Of(folder.Path);
        Assert.Equal(("chatml", "<end>"), (template.Name, template.EosToken));
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Contains("mistral-nemo", Assert.Throws<ChatTemplateException>(() => ChatTemplate.ByName("llama-9")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_message_keeps_its_other_fields_through_JSON()
    {
        var json = JsonNode.Parse("""{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"add","arguments":{"a":1.0}}}]}""")!.AsObject();
        var message = ChatMessage.FromJson(json);
        Assert.Single(message.ToolCalls!);
        Assert.True(JsonNode.DeepEquals(json, message.ToJson()));
        Assert.Equal(message, ChatMessage.FromJson(message.ToJson()));
    }
}
