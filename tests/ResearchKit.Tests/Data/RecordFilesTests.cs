using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ResearchKit.Data;
using ResearchKit.Tests.Text;
using ResearchKit.Text;

namespace ResearchKit.Tests.Data;

public sealed class RecordFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void JSON_lines_give_records_with_blank_lines_a_byte_order_mark_and_any_line_ending()
    {
        var path = _folder.Write("a.jsonl", "\uFEFF{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}\r\n\n{\"prompt\":\"q\",\"chosen\":\"\",\"rejected\":\"å\"}");
        Assert.Equal([new PreferenceRecord("p", "c", "r"), new PreferenceRecord("q", "", "å")], RecordFiles.ReadPreference(path));
    }

    [Fact]
    public void A_JSON_array_is_read_element_by_element_and_JSON_lines_under_its_name_too()
    {
        const string row = """{"prompt":"p","completion":"c","label":true}""";
        var expected = new UnpairedRecord("p", "c", true);
        Assert.Equal([expected, expected], RecordFiles.ReadUnpaired(_folder.Write("a.json", $"[{row},\n{row}]")));
        Assert.Equal([expected, expected], RecordFiles.ReadUnpaired(_folder.Write("b.json", $"{row}\n{row}\n")));
        Assert.Empty(RecordFiles.ReadUnpaired(_folder.Write("c.json", "[]")));
    }

    [Fact]
    public void Gzip_is_unpacked_on_the_way()
    {
        var path = Path.Combine(_folder.Path, "a.jsonl.gz");
        RecordWriter.Write(path, [new PromptRecord("p")]);
        Assert.Equal([new PromptRecord("p")], RecordFiles.ReadPrompts(path));
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        Assert.Equal("{\"prompt\":\"p\"}\n", new StreamReader(packed).ReadToEnd());
    }

    [Fact]
    public void Gzip_in_several_members_is_read_to_its_end_and_a_cut_anywhere_is_seen()
    {
        string one = Path.Combine(_folder.Path, "a.jsonl.gz"), two = Path.Combine(_folder.Path, "b.jsonl.gz");
        RecordWriter.Write(one, Enumerable.Range(0, 500).Select(i => new PromptRecord($"{i * 7919 % 5003}")));
        byte[] member = File.ReadAllBytes(one);
        File.WriteAllBytes(two, [.. member, .. member]);
        Assert.Equal(1000, RecordFiles.ReadPrompts(two).Count());
        for (var length = 0; length < member.Length; length += length < member.Length - 24 ? 97 : 1)
        {
            File.WriteAllBytes(one, member[..length]);
            Assert.Contains("gzip", Assert.Throws<DataFormatException>(() => RecordFiles.ReadPrompts(one, skipped: new SkippedRows()).Count()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_are_read_as_they_are_asked_for()
    {
        var path = _folder.Write("a.jsonl", "{\"prompt\":\"p\"}\n{broken\n");
        Assert.Equal(new PromptRecord("p"), RecordFiles.ReadPrompts(path).First());
        var array = _folder.Write("a.json", "[{\"prompt\":\"p\"}," + string.Join(',', Enumerable.Repeat("{\"prompt\":\"q\"}", 20_000)) + "broken");
        Assert.Equal(new PromptRecord("p"), RecordFiles.ReadPrompts(array).First());
    }

    [Fact]
    public void Bad_rows_are_left_out_and_counted_when_asked()
    {
        var path = _folder.Write("a.jsonl", "{\"prompt\":\"p\"}\n{broken\n{\"prompt\":3}\n{\"prompt\":\"q\"}\n");
        var skipped = new SkippedRows();
        Assert.Equal([new PromptRecord("p"), new PromptRecord("q")], RecordFiles.ReadPrompts(path, skipped: skipped));
        Assert.Equal((2, 2), (skipped.Read, skipped.Skipped));
        Assert.Equal(["line 2", "line 3"], skipped.FirstErrors.Select(error => error.Row!));
        Assert.StartsWith("2 rows read, 2 left out; first:", skipped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Conversations_keep_roles_contents_and_tool_calls()
    {
        var path = _folder.Write("a.jsonl", """{"prompt":[{"role":"user","content":"2+2?"}],"chosen":[{"role":"assistant","tool_calls":[{"function":{"name":"add"}}]}],"rejected":[{"role":"assistant","content":"5"}]}""");
        var record = Assert.Single(RecordFiles.ReadPreference(path));
        Assert.Equal(new Passage([new ChatMessage("user", "2+2?")]), record.Prompt);
        Assert.Single(record.Chosen.Messages![0].ToolCalls!);
        var copy = Path.Combine(_folder.Path, "b.jsonl");
        RecordWriter.Write(copy, [record]);
        Assert.Equal([record], RecordFiles.ReadPreference(copy));
    }

    [Fact]
    public void Columns_may_have_other_names()
    {
        var path = _folder.Write("a.jsonl", """{"question":"q","good":"g","bad":"b"}""");
        var columns = new ColumnMap { Prompt = "question", Chosen = "good", Rejected = "bad" };
        Assert.Equal([new PreferenceRecord("q", "g", "b")], RecordFiles.ReadPreference(path, columns));
    }

    [Fact]
    public void Stepwise_rows_have_a_label_a_step()
    {
        var path = _folder.Write("a.jsonl", """{"prompt":"p","completions":["a","b"],"labels":[true,0]}""");
        var record = Assert.Single(RecordFiles.ReadStepwise(path));
        Assert.Equal(["a", "b"], record.Completions);
        Assert.Equal([true, false], record.Labels);
    }

    public static TheoryData<string> Names => ["a.jsonl", "a.json", "a.jsonl.gz", "a.json.gz", "a.parquet"];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_back(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        var awkward = "line\nbreak \"quoted\" \\ 😀 é \u0000 \u2028";
        var conversation = new Passage([new ChatMessage("user", awkward), new ChatMessage("assistant", ""), new ChatMessage("user", "b")]);
        IReadOnlyList<IDatasetRecord>[] sets =
        [
            [new PreferenceRecord(awkward, "", "r"), new PreferenceRecord("p", awkward, "s")],
            [new PreferenceRecord(conversation, new Passage([new ChatMessage("assistant", "c")]), new Passage([new ChatMessage("assistant", awkward)]))],
            [new UnpairedRecord("p", awkward, true), new UnpairedRecord("q", "c", false)],
            [new PromptRecord(conversation), new PromptRecord(conversation)],
        ];
        Func<string, IEnumerable<IDatasetRecord>>[] readers = [p => RecordFiles.ReadPreference(p), p => RecordFiles.ReadPreference(p), p => RecordFiles.ReadUnpaired(p), p => RecordFiles.ReadPrompts(p)];
        for (var i = 0; i < sets.Length; i++)
        {
            Assert.Equal(sets[i].Count, RecordWriter.Write(path, sets[i]));
            Assert.Equal(sets[i], readers[i](path));
        }
        StepwiseRecord steps = new("p", ["a", awkward], [true, false]);
        RecordWriter.Write(path, [steps, steps]);
        var read = RecordFiles.ReadStepwise(path).ToArray();
        Assert.Equal(2, read.Length);
        Assert.Equal(steps.Completions, read[1].Completions);
        Assert.Equal(steps.Labels, read[1].Labels);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_older_file_and_nothing_beside_it()
    {
        var path = _folder.Write("a.jsonl", "{\"prompt\":\"old\"}\n");
        Assert.Throws<InvalidOperationException>(() => RecordWriter.Write(path, Failing()));
        Assert.Equal([new PromptRecord("old")], RecordFiles.ReadPrompts(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));

        static IEnumerable<IDatasetRecord> Failing()
        {
            yield return new PromptRecord("new");
            throw new InvalidOperationException("the source failed");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Arrow_files_and_streams_give_messages_and_several_batches(bool isFile)
    {
        var path = WriteArrow(_folder.Path, isFile);
        var records = RecordFiles.ReadUnpaired(path, ColumnMap.LastMessage).ToArray();
        Assert.Equal(4, records.Length);
        Assert.Equal(new UnpairedRecord(new Passage([new ChatMessage("user", "q1")]), new Passage([new ChatMessage("assistant", "a1")]), false), records[1]);
        Assert.True(records[2].Label);
    }

    internal static string WriteArrow(string folder, bool isFile)
    {
        var message = new StructType([new Field("role", StringType.Default, true), new Field("content", StringType.Default, true)]);
        var schema = new Schema([new Field("messages", new ListType(new Field("item", message, true)), true), new Field("label", BooleanType.Default, true)], null);
        var offsets = new Int32Array.Builder().AppendRange([0, 2, 4]).Build();
        var path = Path.Combine(folder, isFile ? "file.arrow" : "stream.arrow");
        using var stream = File.Create(path);
        using ArrowStreamWriter writer = isFile ? new ArrowFileWriter(stream, schema) : new ArrowStreamWriter(stream, schema);
        for (var batch = 0; batch < 2; batch++)
        {
            var roles = new StringArray.Builder().AppendRange(["user", "assistant", "user", "assistant"]).Build();
            var contents = new StringArray.Builder().AppendRange(["q0", "a0", "q1", "a1"]).Build();
            var messages = new StructArray(message, 4, [roles, contents], ArrowBuffer.Empty);
            var lists = new ListArray(schema.FieldsList[0].DataType, 2, offsets.ValueBuffer, messages, ArrowBuffer.Empty);
            writer.WriteRecordBatch(new RecordBatch(schema, [lists, new BooleanArray.Builder().AppendRange([true, false]).Build()], 2));
        }
        writer.WriteEnd();
        return path;
    }

    [Fact]
    public void Text_that_is_not_written_as_UTF8_is_refused_and_not_replaced()
    {
        var path = _folder.Write("a.jsonl", Encoding.Latin1.GetBytes("{\"prompt\":\"é\"}"));
        Assert.Contains("UTF-8", Assert.Throws<DataFormatException>(() => RecordFiles.ReadPrompts(path).ToArray()).Message, StringComparison.Ordinal);
    }
}
