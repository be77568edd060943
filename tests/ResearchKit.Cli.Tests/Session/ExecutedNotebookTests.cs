using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Session;

public sealed partial class ExecutedNotebookTests(ExecutedNotebook executed) : IClassFixture<ExecutedNotebook>
{
    [Fact]
    public void The_executed_notebook_keeps_the_rules_of_nbformat_4_5() => Assert.Empty(NbformatCheck.Errors(executed.Notebook.Json));

    [Fact]
    public void Every_code_cell_has_its_number()
    {
        var code = executed.Notebook.Cells.Where(cell => cell.IsCode).ToList();
        Assert.Equal(Enumerable.Range(1, code.Count), code.Select(cell => cell.ExecutionCount!.Value));
    }

    [Fact]
    public void Ids_and_metadata_of_the_source_are_kept()
    {
        var source = NotebookFile.Read(executed.SourcePath);
        var kept = executed.Notebook.Cells.Where(cell => !cell.Tags.Contains("injected-parameters")).ToList();
        Assert.Equal(source.Cells.Select(cell => cell.Id), kept.Select(cell => cell.Id));
        Assert.Equal(source.Cells.Select(cell => cell.Source), kept.Select(cell => cell.Source));
        Assert.Equal(source.Cells.Select(cell => string.Join(',', cell.Tags)), kept.Select(cell => string.Join(',', cell.Tags)));
    }

    [Fact]
    public void Prints_are_merged_by_stream_and_keep_their_order()
    {
        var streams = executed.OutputsOf("streams").Select(output => $"{output!["name"]}:{MultilineText.Join(output["text"])}");
        Assert.Equal(["stdout:one two\n", "stderr:bad\n", "stdout:three\n"], streams);
    }

    [Fact]
    public void What_a_cell_clears_is_gone_and_what_waits_for_an_output_that_never_comes_stays() =>
        Assert.Equal("three", MultilineText.Join(Assert.Single(executed.OutputsOf("cleared"))!["text"]));

    [Fact]
    public void A_parameter_reaches_the_cells_after_it()
    {
        var result = Assert.Single(executed.OutputsOf("value"))!;
        Assert.Equal("execute_result", (string?)result["output_type"]);
        Assert.Contains("42", MultilineText.Join(result["data"]!["text/html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_is_kept_whole_and_its_JSON_is_an_object()
    {
        var data = (JsonObject)Assert.Single(executed.OutputsOf("bundle"))!["data"]!;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/html", "text/plain"], data.Select(form => form.Key));
        Assert.Equal(1, (int)data["application/vnd.plotly.v1+json"]!["data"]![0]!);
    }

    [Fact]
    public void An_update_changes_what_was_displayed_even_from_a_later_cell()
    {
        var data = (JsonObject)Assert.Single(executed.OutputsOf("progress"))!["data"]!;
        Assert.Equal("step 2", MultilineText.Join(data["text/plain"]));
        Assert.False(data.ContainsKey("application/vnd.researchkit.progress+json"));
        Assert.Empty(executed.OutputsOf("update"));
    }

    [Fact]
    public void Plotly_js_stays_out_of_the_notebook_and_is_in_the_page_once()
    {
        Assert.Equal(["text/plain"], ((JsonObject)Assert.Single(executed.OutputsOf("plotly"))!["data"]!).Select(form => form.Key));
        Assert.Equal(2, executed.Html.Split("<script data-researchkit=").Length);
    }

    [Fact]
    public void The_session_runs_in_the_notebooks_folder_with_the_runs_settings()
    {
        var parts = MultilineText.Join(executed.OutputsOf("settings")[0]!["text"]).Split('|');
        Assert.EndsWith("theme", parts[0], StringComparison.Ordinal);
        Assert.Equal(["smoke", "7", "rk"], parts[1..4]);
        Assert.NotEqual("", parts[4]);
    }

    [Fact]
    public void What_native_code_prints_is_an_output_and_breaks_nothing()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("calls libc");
        Assert.Equal("from native code\n", MultilineText.Join(Assert.Single(executed.OutputsOf("native"))!["text"]));
    }

    [Fact]
    public void The_record_is_saved_with_time_and_hashes()
    {
        Assert.Equal("reproduced", (string?)executed.SavedRecord["claims"]![0]!["verdict"]);
        Assert.True((double)executed.SavedRecord["wallSeconds"]! > 0);
        Assert.Equal(NotebookHash.OfFile(executed.SourcePath), (string?)executed.SavedRecord["notebookSha256"]);
        Assert.Equal(NotebookHash.OfSources(NotebookFile.Read(executed.SourcePath)), (string?)executed.SavedRecord["sourceSha256"]);
    }

    [Fact]
    public void The_terminal_shows_a_line_a_cell_the_tables_the_verdicts_and_the_paths()
    {
        var output = executed.Run.Output;
        Assert.Matches(@"\[5/13\] ok +\d+\.\d s  Outputs", output);
        foreach (var text in new[] { "Win rates", "0.61", "A beats B", "reproduced", "[0.1, 0.4]", "Exercises passed: 0 of 1", Path.Combine("out", "all.ipynb"), Path.Combine("out", "all.html"), Path.Combine("out", "all.smoke.json") })
        {
            Assert.Contains(text, output, StringComparison.Ordinal);
        }
        Assert.All(output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    [Fact]
    public void The_page_holds_every_output()
    {
        foreach (var text in new[] { "one two", "bad", "three", "<b>figure</b>", "step 2", "<i>verdicts</i>", "42", "from native code" })
        {
            if (text != "from native code" || OperatingSystem.IsLinux()) Assert.Contains(text, executed.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_shows_tables_and_mathematics()
    {
        Assert.Contains("<th>a</th>", executed.Html, StringComparison.Ordinal);
        Assert.Contains("<msup><mi>x</mi><mn>2</mn></msup>", executed.Html, StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\">", executed.Html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"key\">int</span> steps", executed.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_from_elsewhere()
    {
        Assert.DoesNotMatch(LoadedFromElsewhere(), executed.Html);
        Assert.Contains("<a href=\"https://example.org/paper\">", executed.Html, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<link\b|\bsrc\s*=\s*["']?(https?:)?//|@import|url\(\s*["']?(https?:)?//""")]
    internal static partial Regex LoadedFromElsewhere();
}
