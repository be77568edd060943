using System.Text.Json.Nodes;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Text;

/// <summary>Rendered conversations against those of jinja2 with the environment of transformers, text for text.</summary>
public sealed class GoldenChatTemplateTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Templates() => Rows("Golden chat template", _ => true);

    public static IEnumerable<TheoryDataRow<string, string>> TemplatesWithTokenizer() => Rows("Golden ids of chat template", template => template["tokenizer"] is not null);

    [Theory]
    [MemberData(nameof(Templates))]
    public void Golden_conversations_render_the_same_text(string file, string name)
    {
        var golden = Find(file, name);
        var template = RecogniseOrSkip(golden, name);
        var mismatches = new List<string>();
        var cases = golden["cases"]!.AsArray();
        foreach (var (item, index) in cases.Select((item, index) => (item!, index)))
        {
            var expected = (string?)item["rendered"] ?? ((string?)item["error_kind"] == "raise_exception" ? $"error: {(string)item["error"]!}" : "error");
            var found = Render(template, golden, item);
            if (found.StartsWith("error: ", StringComparison.Ordinal) && expected == "error") found = "error";
            if (expected != found) mismatches.Add($"case {index}\n  expected {JsonValue.Create(expected)!.ToJsonString()}\n  found    {JsonValue.Create(found)!.ToJsonString()}");
        }
        Assert.NotEmpty(cases);
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} of {cases.Count} cases differ:\n{string.Join('\n', mismatches.Take(5))}");
    }

    [Theory]
    [MemberData(nameof(TemplatesWithTokenizer))]
    public void Golden_conversations_have_the_same_ids(string file, string name)
    {
        var golden = Find(file, name);
        using var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared(((string)golden["tokenizer"]!)["shared ".Length..]));
        var mismatches = golden["cases"]!.AsArray().Where(item => item!["ids"] is not null && !tokenizer
            .Encode((string)item["rendered"]!).SequenceEqual(item["ids"]!.AsArray().Select(id => (int)id!))).ToArray();
        Assert.True(mismatches.Length == 0, $"{mismatches.Length} cases differ, first {mismatches.FirstOrDefault()?["rendered"]}");
    }

    private static JsonObject Find(string file, string name) =>
        GoldenFiles.Read(file)["templates"]!.AsArray().First(template => (string)template!["name"]! == name)!.AsObject();

    private static ChatTemplate RecogniseOrSkip(JsonObject golden, string name)
    {
        var jinja = (string)golden["template"]!;
        try
        {
            return ChatTemplate.Recognise(jinja);
        }
        catch (ChatTemplateException error)
        {
            Assert.Contains("ChatTemplate.ByName", error.Message, StringComparison.Ordinal);
            Assert.Skip($"the kit does not know the chat template {name} and says so");
            throw;
        }
    }

    private static IEnumerable<TheoryDataRow<string, string>> Rows(string title, Func<JsonNode, bool> isWanted)
    {
        var files = GoldenFiles.Find("chat-templates*.json").ToArray();
        if (files.Length == 0)
        {
            yield return new TheoryDataRow<string, string>("", "") { TestDisplayName = title, Skip = "no chat-templates.json in tests/golden, RESEARCHKIT_GOLDEN_DIR or ../shared/golden" };
        }
        foreach (var file in files)
        {
            foreach (var template in GoldenFiles.Read(file)["templates"]!.AsArray().Where(template => isWanted(template!)))
            {
                var name = (string)template!["name"]!;
                yield return new TheoryDataRow<string, string>(file, name) { TestDisplayName = $"{title} {name} ({Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)})" };
            }
        }
    }

    private static string Render(ChatTemplate template, JsonObject golden, JsonNode item)
    {
        var special = golden["special_tokens"]!;
        try
        {
            var messages = item["messages"]!.AsArray().Select(message => ChatMessage.FromJson(message!.AsObject())).ToArray();
            return template.Render(messages, new ChatOptions
            {
                AddGenerationPrompt = (bool)item["add_generation_prompt"]!,
                Tools = item["tools"]?.AsArray(),
                BosToken = (string?)special["bos_token"],
                EosToken = (string?)special["eos_token"],
                Arguments = item["kwargs"]?.AsObject(),
            });
        }
        catch (ChatTemplateException error)
        {
            return $"error: {error.Message}";
        }
    }
}
