using System.IO.Compression;
using System.Text;
using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Tests.Text;
using ResearchKit.Text;

namespace ResearchKit.Tests.Data;

/// <summary>Bad inputs by hand: each is refused by the kit's own error, which names the file and says what is wrong with it.</summary>
public sealed class MalformedInputTests : IDisposable
{
    private const string Good = """{"prompt":"p","chosen":"c","rejected":"r"}""";
    private const string Tokenizer = """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[ADDED],"normalizer":null,
         "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
         "model":{"type":"WordLevel","vocab":{VOCAB},"unk_token":"u"}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_bad_inputs_are_made_from_is_good()
    {
        Assert.Equal([0, 1], LoadTokenizer(With("", "\"u\":0,\"a\":1")).Encode("b a"));
        Assert.Equal([new PreferenceRecord("p", "c", "r")], RecordFiles.ReadPreference(_folder.Write("good.jsonl", Good)));
    }

    public static TheoryData<string, string, string> Tokenizers => new()
    {
        { "cut short", With("", "\"u\":0")[..60], "not valid JSON at line|cut short" },
        { "an array", "[]", "expected a JSON object|[]" },
        { "no model", "{\"added_tokens\":[]}", "model: expected an object|found nothing" },
        { "a model without a vocabulary", "{\"model\":{\"type\":\"BPE\"}}", "model.vocab|found nothing" },
        { "a vocabulary that is a string", "{\"model\":{\"vocab\":\"a\"}}", "model.vocab: expected|found \"a\"" },
        { "an id that is a string", With("", "\"u\":0,\"a\":\"1\""), "model.vocab[\"a\"]|whole number|\"1\"" },
        { "a negative id", With("", "\"u\":0,\"a\":-1"), "model.vocab[\"a\"]|from 0 up|-1" },
        { "two tokens with one id", With("", "\"u\":0,\"a\":0"), "id 0|two tokens, 'u' and 'a'" },
        { "one token twice", With("", "\"u\":0,\"u\":1"), "Duplicate property|'u'" },
        { "added tokens that are an object", With("", "\"u\":0").Replace("[]", "{}", StringComparison.Ordinal), "added_tokens: expected an array" },
        { "an added token without content", With("{\"id\":1}", "\"u\":0"), "added_tokens[0].content: expected a string" },
        { "an added token without id", With("{\"content\":\"b\"}", "\"u\":0"), "added_tokens[0].id|whole number|found nothing" },
        { "an added token at odds with the vocabulary", With("{\"id\":7,\"content\":\"u\"}", "\"u\":0"), "'u' the id 7|gives it 0" },
        { "an added token that lacks what the library needs", With("{\"id\":1,\"content\":\"b\"}", "\"u\":0"), "tokenizers library refuses|line" },
        { "an unknown pre-tokenizer", With("", "\"u\":0").Replace("Whitespace", "Magic", StringComparison.Ordinal), "tokenizers library refuses|line" },
        { "an unknown model", With("", "\"u\":0").Replace("WordLevel", "Magic", StringComparison.Ordinal), "tokenizers library refuses|line" },
    };

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_bad_tokenizer_is_refused(string fault, string json, string words) =>
        Refused<TokenizerException>(fault, words, "tokenizer.json", () => LoadTokenizer(json));

    [Fact]
    public void A_text_that_the_vocabulary_cannot_write_is_refused() =>
        Refused<TokenizerException>("an unknown word", "3 characters|UNK", "tokenizer.json", () => LoadTokenizer(With("", "\"a\":0")).Encode("zzz"));

    public static TheoryData<string, string, string, string> Configs => new()
    {
        { "broken", "tokenizer_config.json", "{\n\"bos_token\": }", "not valid JSON at line 2" },
        { "a list", "tokenizer_config.json", "[]", "expected a JSON object" },
        { "a token that the vocabulary lacks", "tokenizer_config.json", "{\"bos_token\":\"<s>\"}", "bos_token is '<s>'|tokenizer.json does not hold" },
        { "a token that is a number", "tokenizer_config.json", "{\"eos_token\":2}", "eos_token: expected a string|found 2" },
        { "a token object without content", "special_tokens_map.json", "{\"pad_token\":{\"id\":1}}", "pad_token: expected" },
        { "an id that is a string", "config.json", "{\"eos_token_id\":\"2\"}", "eos_token_id: expected a whole number|\"2\"" },
        { "one field twice", "config.json", "{\"eos_token_id\":1,\"eos_token_id\":0}", "Duplicate property" },
    };

    [Theory]
    [MemberData(nameof(Configs))]
    public void A_bad_file_beside_a_tokenizer_is_refused(string fault, string name, string json, string words)
    {
        _folder.Write(name, json);
        Refused<TokenizerException>(fault, words, name, () => LoadTokenizer(With("", "\"u\":0")));
    }

    [Theory]
    [InlineData("a number", "{\"chat_template\":1}", "chat_template: expected a string")]
    [InlineData("a list without a default", "{\"chat_template\":[{\"name\":\"rag\",\"template\":\"x\"}]}", "chat_template: expected|default")]
    [InlineData("unknown", "{\"chat_template\":\"{{ messages }}\"}", "SHA-256|ChatTemplate.ByName|llama-3.1")]
    public void A_stored_template_that_cannot_be_used_is_refused(string fault, string json, string words)
    {
        _folder.Write("tokenizer_config.json", json);
        Refused<ChatTemplateException>(fault, words, Path.GetFileName(_folder.Path), () => ChatTemplate.Of(_folder.Path));
    }

    public static TheoryData<string, string, string> Rows => new()
    {
        { "broken JSON", "{\"prompt\":\"p\",", "line 2|not valid JSON at byte" },
        { "a list", "[1]", "line 2|expected an object" },
        { "one field twice", "{\"prompt\":\"p\",\"prompt\":\"q\"}", "line 2|Duplicate property" },
        { "a missing field", "{\"prompt\":\"p\",\"chosen\":\"c\"}", "line 2|'rejected'|no such field|prompt, chosen" },
        { "null", "{\"prompt\":\"p\",\"chosen\":null,\"rejected\":\"r\"}", "line 2|'chosen'|a string or a list of messages|found null" },
        { "a number for text", "{\"prompt\":\"p\",\"chosen\":3,\"rejected\":\"r\"}", "line 2|'chosen'|found a number 3" },
        { "half a surrogate pair", "{\"prompt\":\"\\ud83d\",\"chosen\":\"c\",\"rejected\":\"r\"}", "line 2|valid Unicode" },
        { "a message without a role", "{\"prompt\":[{\"content\":\"x\"}],\"chosen\":[],\"rejected\":[]}", "line 2|'prompt[0]'|role and content" },
        { "a message without content", "{\"prompt\":[{\"role\":\"user\",\"content\":null}],\"chosen\":[],\"rejected\":[]}", "line 2|'prompt[0]'|role and content" },
        { "text beside messages", "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":[{\"role\":\"assistant\",\"content\":\"r\"}]}", "line 2|'rejected'|expected a string as in 'chosen'|found messages" },
        { "a prompt of messages beside text", "{\"prompt\":[{\"role\":\"user\",\"content\":\"r\"}],\"chosen\":\"c\",\"rejected\":\"r\"}", "line 2|'chosen'|expected messages as in 'prompt'" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_bad_line_is_refused_or_left_out(string fault, string line, string words)
    {
        var path = _folder.Write("rows.jsonl", $"{Good}\n{line}\n{Good}\n");
        Refused<DataFormatException>(fault, words, "rows.jsonl", () => RecordFiles.ReadPreference(path).Count());
        var skipped = new SkippedRows();
        Assert.Equal(2, RecordFiles.ReadPreference(path, skipped: skipped).Count());
        Assert.Equal(1, skipped.Skipped);
    }

    public static TheoryData<string, string, string> Labelled => new()
    {
        { "a label in words", "{\"prompt\":\"p\",\"completion\":\"c\",\"label\":\"good\"}", "'label'|true or false|\"good\"" },
        { "a label of 2", "{\"prompt\":\"p\",\"completion\":\"c\",\"label\":2}", "'label'|found a number 2" },
        { "a step that is a number", "{\"prompt\":\"p\",\"completions\":[1],\"labels\":[true]}", "'completions[0]'|strings|number 1" },
        { "more labels than steps", "{\"prompt\":\"p\",\"completions\":[\"a\"],\"labels\":[true,false]}", "'labels'|one label a step, 1 in all|found 2" },
        { "an unknown ShareGPT role", "{\"conversations\":[{\"from\":\"bot\",\"value\":\"x\"}],\"chosen\":{},\"rejected\":{}}", "'conversations[0]'|from and value" },
        { "a ShareGPT message without value", "{\"conversations\":[],\"chosen\":{\"from\":\"gpt\"},\"rejected\":{}}", "'chosen'|from and value|an object" },
        { "messages that end with the user", "{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}],\"label\":true}", "'messages'|last by the assistant|the last by 'user'" },
        { "dialogues without a turn", "{\"text\":1,\"chosen\":\"Human: a\",\"rejected\":\"Human: b\"}", "Assistant:|none that both share" },
    };

    [Theory]
    [MemberData(nameof(Labelled))]
    public void A_bad_row_of_another_layout_is_refused(string fault, string line, string words)
    {
        var path = _folder.Write("rows.jsonl", line);
        Refused<DataFormatException>(fault, words, "rows.jsonl, line 1", () =>
            line.Contains("completions", StringComparison.Ordinal) ? RecordFiles.ReadStepwise(path).Count()
            : line.Contains("conversations", StringComparison.Ordinal) ? RecordFiles.ReadPreference(path, ColumnMap.ShareGpt).Count()
            : line.Contains("messages", StringComparison.Ordinal) ? RecordFiles.ReadUnpaired(path, ColumnMap.LastMessage).Count()
            : line.Contains("text", StringComparison.Ordinal) ? RecordFiles.ReadPreference(path, ColumnMap.Dialogue).Count()
            : RecordFiles.ReadUnpaired(path).Count());
    }

    public static TheoryData<string, string, string> Files => new()
    {
        { "an array cut short", "a.json", "row 2|not valid JSON" },
        { "an array with more after it", "b.json", "not valid JSON" },
        { "a JSON string", "c.json", "expected a JSON array of rows" },
        { "an array of numbers", "d.json", "row 1|expected an object|Number" },
        { "an empty file", "e.json", "expected a JSON array of rows" },
        { "Latin-1", "f.jsonl", "line 1|UTF-8" },
        { "no gzip", "g.jsonl.gz", "not a whole gzip file" },
        { "gzip cut short", "h.jsonl.gz", "not a whole gzip file" },
        { "gzip with a changed byte", "i.jsonl.gz", "not a whole gzip file" },
        { "an unknown name", "j.csv", ".jsonl|.parquet|found '.csv'" },
        { "no file", "none.jsonl", "found nothing there" },
        { "a folder", "folder.jsonl", "found a folder" },
        { "no Parquet", "k.parquet", "not valid Parquet" },
        { "Parquet cut short", "l.parquet", "not valid Parquet|cut short" },
        { "Parquet without the column", "m.parquet", "row 1|'chosen'|no such field|the row has prompt" },
        { "no Arrow", "n.arrow", "end mark|no Arrow file" },
        { "an Arrow stream cut short", "o.arrow", "end mark|cut short" },
        { "an Arrow file cut short", "p.arrow", "Arrow|cut short" },
        { "Arrow bytes that mean nothing", "q.arrow", "not valid Arrow IPC data" },
        { "Arrow without the column", "r.arrow", "row 1|'chosen'|no such field|messages, label" },
        { "an Arrow column of another type", "s.arrow", "row 1|'chosen'|found true" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_bad_file_is_refused(string fault, string name, string words)
    {
        Make(name);
        var path = Path.Combine(_folder.Path, name);
        var columns = name == "s.arrow" ? new ColumnMap { Chosen = "label" } : ColumnMap.Trl;
        Refused<DataFormatException>(fault, words.Replace("'chosen'", $"'{columns.Chosen}'", StringComparison.Ordinal), name, () => RecordFiles.ReadPreference(path, columns).Count());
    }

    [Fact]
    public void A_name_that_tells_no_format_cannot_be_written() =>
        Refused<DataFormatException>("csv", "found '.csv'", "a.csv", () => RecordWriter.Write(Path.Combine(_folder.Path, "a.csv"), []));

    private void Make(string name)
    {
        var rows = string.Join('\n', Enumerable.Range(0, 400).Select(i => Good.Replace("\"p\"", $"\"{i * 7919 % 1000}\"", StringComparison.Ordinal)));
        switch (name[0])
        {
            case 'a': _folder.Write(name, $"[{Good},{Good[..20]}"); break;
            case 'b': _folder.Write(name, $"[{Good}] x"); break;
            case 'c': _folder.Write(name, "\"text\""); break;
            case 'd': _folder.Write(name, "[1,2]"); break;
            case 'e': _folder.Write(name, ""); break;
            case 'f' when name[1] == '.': _folder.Write(name, Encoding.Latin1.GetBytes("{\"prompt\":\"é\"}")); break;
            case 'f': Directory.CreateDirectory(Path.Combine(_folder.Path, name)); break;
            case 'g' or 'k' or 'n' or 'j' when name != "none.jsonl": _folder.Write(name, Encoding.ASCII.GetBytes(rows)); break;
            case 'h': _folder.Write(name, Gzip(rows)[..^200]); break;
            case 'i':
                var packed = Gzip(rows);
                packed[^6] ^= 0x55;
                _folder.Write(name, packed);
                break;
            case 'l':
                RecordWriter.Write(Path.Combine(_folder.Path, name), [new PromptRecord("p"), new PromptRecord("q")]);
                Cut(name, 30);
                break;
            case 'm': RecordWriter.Write(Path.Combine(_folder.Path, name), [new PromptRecord("p")]); break;
            case 'o' or 'p':
                File.Move(RecordFilesTests.WriteArrow(_folder.Path, isFile: name[0] == 'p'), Path.Combine(_folder.Path, name));
                Cut(name, 100);
                break;
            case 'q': _folder.Write(name, [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 31)), 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]); break;
            case 'r' or 's': File.Move(RecordFilesTests.WriteArrow(_folder.Path, isFile: false), Path.Combine(_folder.Path, name)); break;
        }
    }

    private void Cut(string name, int bytes)
    {
        using var file = File.OpenWrite(Path.Combine(_folder.Path, name));
        file.SetLength(file.Length - bytes);
    }

    private HuggingFaceTokenizer LoadTokenizer(string json)
    {
        _folder.Write("tokenizer.json", json);
        return HuggingFaceTokenizer.Load(_folder.Path);
    }

    private static void Refused<T>(string fault, string words, string place, Func<object> act) where T : KitException
    {
        var error = Assert.Throws<T>(act);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.All(words.Split('|'), word => Assert.True(error.Message.Contains(word, StringComparison.Ordinal), $"{fault}: '{word}' is not in: {error.Message}"));
    }

    private static string With(string added, string vocabulary) =>
        Tokenizer.Replace("ADDED", added, StringComparison.Ordinal).Replace("VOCAB", vocabulary, StringComparison.Ordinal);

    private static byte[] Gzip(string text)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
