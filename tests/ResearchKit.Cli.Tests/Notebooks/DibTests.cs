using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public sealed class DibTests
{
    private static readonly string[] Lines =
    [
        "", " ", "# Title", "var x = 1;  ", "#!csharp", "#!markdown", @"\#!csharp", @"\\#!markdown  ", "#!meta", "#!who", "#r \"a.dll\"", "//% {\"id\":\"no\"}", "<!--% {} -->", "-->", "{\"a\":1}", "naïve π ≤ 😀", "\ttab", "x\r", "\u2028 y", "```", "#!fsharp ",
    ];

    public static TheoryData<string> Repository { get; } = [.. Directory.EnumerateFiles(Support.Repository.Checkout.Notebooks, "*.ipynb", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Support.Repository.Checkout.Notebooks, path))];

    [Theory, MemberData(nameof(Repository))]
    public void A_notebook_of_the_repository_comes_back_byte_for_byte(string name)
    {
        var notebook = NotebookFile.Read(Path.Combine(Support.Repository.Checkout.Notebooks, name));
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode)) (cell.Outputs, cell.ExecutionCount) = ([], null);
        AssertSame(notebook);
    }

    [Fact]
    public void Any_notebook_comes_back_byte_for_byte()
    {
        for (var seed = 0; seed < 400; seed++) AssertSame(Notebook(new Random(seed)));
    }

    [Fact]
    public void The_text_is_what_NET_Interactive_reads()
    {
        var text = DibWriter.Text(NotebookFile.Parse(new NotebookBuilder().Text("# A").Code("var x = 1;", "setup").Json(), "a"));
        Assert.StartsWith("#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\"", text, StringComparison.Ordinal);
        Assert.Contains("\n#!markdown\n\n<!--% {\"id\":\"t0\"} -->\n# A\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n#!csharp\n\n//% {\"id\":\"c1\",\"metadata\":{\"tags\":[\"setup\"]}}\nvar x = 1;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_program_becomes_a_complete_notebook()
    {
        var notebook = DibReader.Parse("\uFEFF#!meta\r\n\r\n{\"kernelInfo\":{}}\r\n\r\n#!markdown\r\n\r\n# A\r\n\r\ntext\r\n\r\n#!csharp\r\n\r\n\r\nvar x = 1;\r\nx\r\n\r\n", "a.dib");
        Assert.Equal(["# A\n\ntext", "var x = 1;\nx"], notebook.Cells.Select(cell => cell.Source));
        Assert.Empty(NbformatCheck.Errors(notebook.Json));
    }

    [Fact]
    public void A_cell_moved_added_or_edited_by_hand_keeps_what_is_its_own()
    {
        var text = DibWriter.Text(NotebookFile.Parse(new NotebookBuilder().Text("# A\n\n").Code("1", "setup").Code("2").Json(), "a"));
        var parts = text.Split("\n#!");
        var edited = string.Join("\n#!", parts[0], parts[2], "csharp\n\nnew\n", parts[1].Replace("\n# A", "\n# B", StringComparison.Ordinal), parts[3]);
        var notebook = DibReader.Parse(edited, "a.dib");
        Assert.Equal(["1", "new", "# B", "2"], notebook.Cells.Select(cell => cell.Source));
        Assert.Equal(["c1", "t0", "c2"], new[] { 0, 2, 3 }.Select(index => notebook.Cells[index].Id));
        Assert.Equal(["setup"], notebook.Cells[0].Tags);
        Assert.Matches("^[0-9a-f]{8}$", notebook.Cells[1].Id);
        Assert.Equal("csharp", (string?)notebook.Cells[1].Json["metadata"]!["polyglot_notebook"]!["kernelName"]);
    }

    [Theory]
    [InlineData("", "it has no cells")]
    [InlineData("#!meta\n\n{}\n", "it has no cells")]
    [InlineData("var x = 1;\n\n#!csharp\n\n1", "line 1: text before the first")]
    [InlineData("#!csharp\n\n1\n\n#!fsharp\n\n2", "line 5: a #!fsharp cell")]
    [InlineData("#!meta\n\n{\n\n#!csharp\n\n1", "line 1: what stands there is not JSON")]
    [InlineData("#!meta\n\n[]\n\n#!csharp\n\n1", "line 1: what stands there is not a JSON object")]
    [InlineData("#!meta\n\n{}\n\n#!meta\n\n{}\n\n#!csharp\n\n1", "line 5: a second #!meta block")]
    [InlineData("#!csharp\n\n//% {id}\n1", "line 1: what stands there is not JSON")]
    [InlineData("#!markdown\n\n<!--% {}\n# A", "line 1: its comment <!--% does not end with -->")]
    [InlineData("#!csharp\n\n//% {\"id\":\"a\"}\n1\n\n#!csharp\n\n//% {\"id\":\"a\"}\n2", "line 6: the id a is another cell's too")]
    [InlineData("#!markdown\n\n<!--% {\"cell_type\":\"heading\"} -->\n1", "cell_type is heading")]
    [InlineData("#!meta\n\n{\"notebook\":{\"nbformat\":3}}\n\n#!csharp\n\n1", "its nbformat is 3")]
    public void A_malformed_file_is_an_error_that_names_the_file_and_the_line(string text, string fault)
    {
        var error = Assert.Throws<CliException>(() => DibReader.Parse(text, "some/where.dib"));
        Assert.StartsWith("some/where.dib", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_and_spliced_files_are_read_or_refused_and_nothing_else()
    {
        var text = DibWriter.Text(Notebook(new Random(7)));
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (from, to) = (random.Next(text.Length), random.Next(text.Length));
            try
            {
                Assert.NotEmpty(DibReader.Parse(text[..from] + text[to..], "cut.dib").Cells);
            }
            catch (CliException)
            {
                // Refused, with its reason.
            }
        }
    }

    [Fact]
    public async Task The_command_says_that_outputs_were_dropped_and_overwrites_only_when_told()
    {
        using var checkout = new TemporaryCheckout().Add("demo", """{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","id":"a","metadata":{},"source":["1"],"execution_count":1,"outputs":[{"output_type":"stream","name":"stdout","text":["x"]}]}]}""");
        var first = await Rk.RunAsync(checkout.Root, "convert", "notebooks/theme/demo.ipynb");
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("demo.dib is written. The outputs of 1 cell were dropped", first.Output, StringComparison.Ordinal);
        var back = await Rk.RunAsync(checkout.Root, "convert", "notebooks/theme/demo.dib");
        Assert.Equal(2, back.ExitCode);
        Assert.Contains("is there already: --force overwrites it", back.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await Rk.RunAsync(checkout.Root, "convert", "notebooks/theme/demo.dib", "--force")).ExitCode);
        Assert.Empty(NotebookFile.Read(Path.Combine(checkout.Checkout.Notebooks, "theme", "demo.ipynb")).Cells[0].Outputs);
    }

    private static void AssertSame(Notebook notebook)
    {
        var text = DibWriter.Text(notebook);
        Assert.Equal(
            Encoding.UTF8.GetString(JsonText.Bytes(notebook.Json, indent: 1)),
            Encoding.UTF8.GetString(JsonText.Bytes(DibReader.Parse(text, "a.dib").Json, indent: 1)));
    }

    private static Notebook Notebook(Random random)
    {
        var cells = new JsonArray();
        var count = random.Next(1, 6);
        for (var i = 0; i < count; i++) cells.Add(Cell(random, i));
        var json = new JsonObject { ["cells"] = cells, ["metadata"] = random.Next(2) == 0 ? [] : new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "<é>" }, ["x"] = null }, ["nbformat"] = 4, ["nbformat_minor"] = random.Next(4, 6) };
        return NotebookFile.Parse(json.ToJsonString(), "fuzz");
    }

    private static JsonObject Cell(Random random, int index)
    {
        var kind = (string[])["code", "markdown", "raw"];
        var type = kind[random.Next(3)];
        var cell = new JsonObject();
        if (type != "code" && random.Next(4) == 0) cell["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = "aGk=" } };
        cell["cell_type"] = type;
        if (type == "code") cell["execution_count"] = null;
        if (random.Next(5) > 0) cell["id"] = $"cell-{index}";
        cell["metadata"] = Metadata(random, type);
        if (type == "code") cell["outputs"] = new JsonArray();
        cell["source"] = MultilineText.Split(string.Join('\n', Enumerable.Range(0, random.Next(5)).Select(_ => Lines[random.Next(Lines.Length)])));
        return cell;
    }

    private static JsonObject Metadata(Random random, string type)
    {
        var metadata = type == "code" && random.Next(3) > 0 ? Dib.LanguageMetadata() : [];
        if (random.Next(2) == 0) metadata["tags"] = random.Next(3) == 0 ? [] : new JsonArray("parameters", "<!-- -->");
        if (random.Next(4) == 0) metadata["collapsed"] = true;
        return metadata;
    }
}
