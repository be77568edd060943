using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public class NotebookFileTests
{
    private const string Rich = """
        {
         "cells": [
          {
           "attachments": { "a.png": { "image/png": "iVBORw0KGgo=" } },
           "cell_type": "markdown",
           "id": "intro",
           "metadata": { "own": { "deep": [1, 2.50, null] } },
           "source": ["# π and 😀\n", "text"]
          },
          { "cell_type": "raw", "id": "raw-1", "metadata": { "format": "text/latex" }, "source": "\\alpha" },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "Code_2",
           "metadata": { "tags": ["parameters"], "dotnet_interactive": { "language": "csharp" }, "polyglot_notebook": { "kernelName": "csharp" } },
           "outputs": [
            { "data": { "application/vnd.plotly.v1+json": { "data": [], "layout": {} }, "text/plain": ["x"] }, "metadata": { "m": 1 }, "output_type": "display_data" },
            { "name": "stdout", "output_type": "stream", "text": ["a\n"] }
           ],
           "source": ["var x = \"<&>\";"]
          }
         ],
         "metadata": { "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" }, "language_info": { "name": "C#", "version": "13.0" }, "widgets": {} },
         "nbformat": 4,
         "nbformat_minor": 5,
         "unknown": true
        }
        """;

    [Fact]
    public void Reading_and_writing_keeps_everything()
    {
        var written = Encoding.UTF8.GetString(JsonText.Bytes(NotebookFile.Parse(Rich, "rich").Json, indent: 1));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Rich), JsonNode.Parse(written)));
        Assert.Contains("2.50", written, StringComparison.Ordinal);
        Assert.Contains("π", written, StringComparison.Ordinal);
        Assert.EndsWith("}\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_leave_a_notebook_that_keeps_them_as_it_is_but_for_source_as_lines()
    {
        var notebook = NotebookFile.Parse(Rich, "rich");
        var before = notebook.Json.DeepClone();
        before["cells"]![1]!["source"] = new JsonArray("\\alpha");
        NotebookRules.Apply(notebook);
        Assert.True(JsonNode.DeepEquals(before, notebook.Json));
    }

    [Fact]
    public void The_rules_bring_an_old_notebook_to_nbformat_4_5_the_same_way_each_time()
    {
        const string Old = """{"cells":[{"cell_type":"code","metadata":{},"source":"1+1\n2"},{"cell_type":"markdown","id":"bad id","source":"a"},{"cell_type":"code","id":"x","metadata":{},"source":[]},{"cell_type":"code","id":"x","metadata":{},"source":["y"]}],"metadata":{},"nbformat":4,"nbformat_minor":2}""";
        var first = NotebookFile.Parse(Old, "old");
        var second = NotebookFile.Parse(Old, "old");
        NotebookRules.Apply(first);
        NotebookRules.Apply(second);
        Assert.Empty(NbformatCheck.Errors(first.Json));
        Assert.Equal(["1+1\n", "2"], first.Json["cells"]![0]!["source"]!.AsArray().Select(line => (string)line!));
        Assert.True(JsonNode.DeepEquals(first.Json, second.Json));
    }

    [Theory]
    [InlineData("not json", "not JSON (line 1")]
    [InlineData("[]", "top level is not a JSON object")]
    [InlineData("""{"cells":[]}""", "no number \"nbformat\"")]
    [InlineData("""{"nbformat":3,"worksheets":[]}""", "nbformat is 3")]
    [InlineData("""{"nbformat":4}""", "no list \"cells\"")]
    [InlineData("""{"nbformat":4,"cells":[]}""", "has no cells")]
    [InlineData("""{"nbformat":4,"cells":[1]}""", "cell 1")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"heading","source":""}]}""", "cell_type is heading")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":5}]}""", "neither a string nor a list")]
    [InlineData("""{"nbformat":4,"metadata":[],"cells":[{"cell_type":"code","source":""}]}""", "\"metadata\" is not an object")]
    public void A_file_that_is_no_notebook_is_an_error_that_names_the_file_and_the_fault(string text, string fault)
    {
        var error = Assert.Throws<CliException>(() => NotebookFile.Parse(text, "some/where.ipynb"));
        Assert.StartsWith("some/where.ipynb", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_the_sources_ignores_outputs_and_sees_every_change_of_code()
    {
        var plain = NotebookFile.Parse(new NotebookBuilder().Text("# a").Code("1+1").Json(), "a");
        var executed = plain.Copy();
        NotebookRules.Apply(executed);
        executed.Cells[1].ExecutionCount = 1;
        executed.Cells[1].Outputs = [new JsonObject { ["output_type"] = "stream" }];
        var changed = NotebookFile.Parse(new NotebookBuilder().Text("# a").Code("1+2").Json(), "a");
        Assert.Equal(NotebookHash.OfSources(plain), NotebookHash.OfSources(executed));
        Assert.NotEqual(NotebookHash.OfSources(plain), NotebookHash.OfSources(changed));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a\n")]
    [InlineData("a\n\nb", "a\n|\n|b")]
    public void Text_is_split_into_lines_that_keep_their_ends_and_joins_back(string text, string lines)
    {
        var split = MultilineText.Split(text);
        Assert.Equal(lines, string.Join('|', split.Select(line => (string)line!)));
        Assert.Equal(text, MultilineText.Join(split));
    }
}
