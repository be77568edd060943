using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public class ParameterTests
{
    private const string Cell = """
        // numbers of this run
        int seeds = 3, steps = 100;
        double beta = 0.1;
        var name = "tdpo";
        var rate = -1e-3;
        var shots = run.Pick(5, 50, 500);
        var warm = run.Pick<double>(0, 0.1, 0.1);
        var mixed = run.Pick(1, 2.5, 3);
        bool fast = false;
        long? limit = null;
        const int width = 64;
        var other = Compute(seeds);
        void Helper() { int local = 1; }
        """;

    [Fact]
    public void The_parameters_are_the_cells_top_level_variables_with_their_types()
    {
        var parameters = ParametersCell.Parse(Cell).Select(parameter => $"{parameter.Name}:{parameter.Type ?? "?"}{(parameter.Constant ? ":const" : "")}");
        Assert.Equal(["seeds:int", "steps:int", "beta:double", "name:string", "rate:double", "shots:int", "warm:double", "mixed:double", "fast:bool", "limit:long?", "width:int:const", "other:?"], parameters);
    }

    [Theory]
    [InlineData("seeds=5", "seeds = 5;")]
    [InlineData("seeds=-5", "seeds = -5;")]
    [InlineData("beta=1", "beta = 1d;")]
    [InlineData("beta=1e-4", "beta = 0.0001d;")]
    [InlineData("name=a \"b\" \\ = c", "name = \"a \\\"b\\\" \\\\ = c\";")]
    [InlineData("name=", "name = \"\";")]
    [InlineData("fast=true", "fast = true;")]
    [InlineData("limit=9000000000", "limit = 9000000000L;")]
    [InlineData("limit=null", "limit = null;")]
    [InlineData("shots=7", "shots = 7;")]
    [InlineData("width=32", "const int width = 32;")]
    public void A_value_becomes_a_literal_of_the_declared_type(string assignment, string line)
    {
        var notebook = Notebook();
        ParameterInjection.Apply(notebook, [assignment], "demo");
        Assert.Equal(line, notebook.Tagged("injected-parameters")!.Source);
    }

    [Theory]
    [InlineData("seeds=five", "seeds is of type int, and \"five\"")]
    [InlineData("seeds=2147483648", "of type int")]
    [InlineData("seeds=null", "of type int")]
    [InlineData("beta=0,5", "of type double")]
    [InlineData("beta=NaN", "of type double")]
    [InlineData("fast=yes", "true or false")]
    [InlineData("limit=1.5", "of type long?")]
    [InlineData("other=1", "does not say the type of other")]
    [InlineData("seed=1", "no parameter seed. Known: seeds (int), steps (int)")]
    [InlineData("Helper=1", "no parameter Helper")]
    [InlineData("seeds", "given as name=value")]
    [InlineData("=5", "given as name=value")]
    public void What_does_not_fit_is_an_error_that_says_why(string assignment, string why)
    {
        var error = Assert.Throws<CliException>(() => ParameterInjection.Apply(Notebook(), [assignment], "demo"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_injected_cell_follows_the_parameters_cell_and_holds_all_values()
    {
        var notebook = Notebook();
        ParameterInjection.Apply(notebook, ["seeds=1", "beta=2"], "demo");
        Assert.Equal(["parameters"], notebook.Cells[1].Tags);
        Assert.Equal(["injected-parameters"], notebook.Cells[2].Tags);
        Assert.Equal("seeds = 1;\nbeta = 2d;", notebook.Cells[2].Source);
        Assert.Equal(4, notebook.Cells.Count);
    }

    [Fact]
    public void An_injected_cell_that_is_there_already_is_replaced()
    {
        var notebook = Notebook();
        ParameterInjection.Apply(notebook, ["seeds=1"], "demo");
        ParameterInjection.Apply(notebook, ["seeds=2"], "demo");
        Assert.Equal("seeds = 2;", Assert.Single(notebook.Cells, cell => cell.Tags.Contains("injected-parameters")).Source);
    }

    [Fact]
    public void A_notebook_without_a_parameters_cell_takes_none()
    {
        var notebook = NotebookFile.Parse(new NotebookBuilder().Code("int seeds = 1;").Json(), "demo");
        var error = Assert.Throws<CliException>(() => ParameterInjection.Apply(notebook, ["seeds=1"], "demo"));
        Assert.Contains("no cell tagged parameters", error.Message, StringComparison.Ordinal);
    }

    private static Notebook Notebook() =>
        NotebookFile.Parse(new NotebookBuilder().Text("# Demo").Code(Cell, "parameters").Code("seeds").Json(), "demo");
}
