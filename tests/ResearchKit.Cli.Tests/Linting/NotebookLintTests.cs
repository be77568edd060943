using System.Text.Json.Nodes;
using ResearchKit.Cli.Linting;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Linting;

/// <summary>A clean notebook with one fault at a time, and the finding that it gives.</summary>
public sealed class NotebookLintTests
{
    private static readonly Dictionary<string, (Action<Notebook> Break, string Finding)> Faults = new()
    {
        ["no title"] = (n => Replace(n, "# New", "New"), "cell 1: error: the notebook has no title"),
        ["no section"] = (n => Replace(n, "## Ablation", "## Other"), "error: the section \"## Ablation\" is missing"),
        ["sections out of order"] = (n => { Replace(n, "## Train", "## X"); Replace(n, "## Measure", "## Train"); Replace(n, "## X", "## Measure"); }, "\"## Measure\" stands before \"## Train\""),
        ["a fenced heading"] = (n => Replace(n, "## Ablation", "```\n## Ablation\n```"), "error: the section \"## Ablation\" is missing"),
        ["a long cell"] = (n => Lengthen(n, 26), "warning: the cell has 26 lines"),
        ["a very long cell"] = (n => Lengthen(n, 41), "error: the cell has 41 lines, and 40 are the most"),
        ["a long line"] = (n => n.Tagged("parameters")!.Source += "\n//" + new string('x', 130), "warning: line 4 has 132 characters"),
        ["no C#"] = (n => n.Tagged("parameters")!.Source += "\nint = ;", "error: line 4 is not C#"),
        ["an error"] = (n => Output(n, new JsonObject { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "bad" }), "error: its output is an error: E: bad"),
        ["a warning"] = (n => Output(n, Stream("stderr", "careful\n")), "error: its output has text on standard error: careful"),
        ["a stray print"] = (n => Output(n, Stream("stdout", "hello\n")), "error: a stray print, as the cell itself writes nothing to the console: hello"),
        ["a figure without picture"] = (n => Output(n, Figure(picture: false)), "error: its figure has no picture"),
        ["a saved figure without picture"] = (n => Output(n, new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { ["application/vnd.plotly.v1+json"] = new JsonObject() } }), "error: its figure has no picture"),
        ["a path in an output"] = (n => Output(n, new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/plain"] = "read /home/ann/data.csv" } }), "error: its output names a place of one machine: /home/ann/data.csv"),
        ["a path in the code"] = (n => n.Tagged("parameters")!.Source += "\nvar p = @\"C:\\Users\\ann\\x\";", @"error: the source names a place of one machine: C:\Users\ann\x"),
        ["a path in the text"] = (n => Replace(n, "## Train", "## Train\nSee /tmp/x."), "error: the source names a place of one machine: /tmp/x."),
        ["no language"] = (n => n.Tagged("setup")!.Json["metadata"]!["polyglot_notebook"] = null, "error: metadata.polyglot_notebook.kernelName is not \"csharp\""),
        ["no kernel"] = (n => ((JsonObject)n.Json["metadata"]!).Remove("kernelspec"), "error: metadata.kernelspec.name is not \".net-csharp\""),
        ["no id"] = (n => n.Cells[1].Json.Remove("id"), "cell 2: error: the cell's id is missing or malformed"),
        ["an id twice"] = (n => n.Cells[1].Json["id"] = n.Cells[0].Id, "cell 2: error: the id new-00 is cell 1's too"),
        ["a tag twice"] = (n => n.Cells[5].Json["metadata"]!["tags"] = new JsonArray("setup"), "error: the tag setup is cell 3's too"),
        ["a formula"] = (n => Replace(n, "## Train", "## Train\n$$\\tikz{x}$$"), "error: the formula \\tikz{x} is not drawn: \\tikz"),
        ["no set-up"] = (n => ((JsonObject)n.Tagged("setup")!.Json["metadata"]!).Remove("tags"), "cell 3: error: the first code cell is not the set-up cell"),
        ["another slug"] = (n => Replace(n, "Kit.Start(\"new\")", "Kit.Start(\"old\")"), "error: the set-up cell does not call Kit.Start(\"new\")"),
        ["a wrong reference"] = (n => Replace(n, "#r \"../../lib/ResearchKit.Interactive/bin/kit/ResearchKit.dll\"", "#r \"../lib/ResearchKit.Interactive/bin/kit/ResearchKit.dll\""), "from this notebook's folder the kit is ../../lib/ResearchKit.Interactive/bin/kit/"),
        ["no parameters"] = (n => ((JsonObject)n.Tagged("parameters")!.Json["metadata"]!).Remove("tags"), "error: no cell is tagged parameters"),
        ["no claim"] = (n => Replace(n, "run.Claims.Declare(new Claim(", "Ignore((("), "error: no claim is declared"),
        ["a late claim"] = (n => MoveToEnd(n, "run.Claims.Declare("), "cell 38: error: claims are declared after cell 17, which trains"),
        ["a claim never judged"] = (n => Replace(n, "Judge(\"C1\"", "Judge(\"C2\""), "error: the claim C1 is never judged"),
        ["a claim never declared"] = (n => Replace(n, "Judge(\"C1\"", "Judge(\"C2\""), "error: the claim C2 is judged and never declared"),
        ["no record"] = (n => Replace(n, "run.Finish()", "1"), "error: no cell calls run.Finish()"),
        ["no statement"] = (n => Replace(n, "**b. The loss", "**The loss"), "has no line that begins with \"**b. Title** (easy, 10 minutes).\""),
        ["no difficulty"] = (n => Replace(n, "(easy, 5 minutes). What", "(trivial, 5 minutes). What"), "error: the difficulty \"trivial\" is not one of easy, medium, harder"),
        ["no check"] = (n => ((JsonObject)n.Tagged("check-b")!.Json["metadata"]!).Remove("tags"), "error: exercise b has no cell tagged check-b after it"),
        ["a check that checks nothing"] = (n => n.Tagged("check-b")!.Source = "1", "error: the cell tagged check-b does not call Exercise.Check"),
        ["a check without exercise"] = (n => ((JsonObject)n.Tagged("exercise-b")!.Json["metadata"]!).Remove("tags"), "error: a cell tagged check-b and no exercise of that letter"),
        ["no solution"] = (n => n.Tagged("exercise-b")!.Json["metadata"]!["tags"] = new JsonArray("exercise-c"), "error: exercise c has no solution: no cell of the solutions is tagged exercise-c"),
        ["a solution without exercise"] = (n => n.Tagged("exercise-b")!.Json["metadata"]!["tags"] = new JsonArray("exercise-c"), "error: a solution of exercise b, which the notebook has not"),
        ["an injected cell"] = (n => n.InsertAfter(n.Tagged("parameters")!, NotebookCell.Code("i", "seeds = 2;", "injected-parameters")), "error: a cell that a run injected is not to be committed"),
    };

    public static TheoryData<string> Names { get; } = [.. Faults.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_fault_is_found(string name)
    {
        var (damage, finding) = Faults[name];
        Assert.Contains(Check(damage), found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a figure with its picture")]
    [InlineData("a print of the cell's own")]
    [InlineData("claims of a helper and of a loop")]
    [InlineData("an address with home in it")]
    public void What_is_right_gives_no_finding(string name)
    {
        Action<Notebook> change = name switch
        {
            "a figure with its picture" => n => Output(n, Figure(picture: true)),
            "a print of the cell's own" => n => { n.Tagged("parameters")!.Source += "\nConsole.WriteLine(1);"; Output(n, Stream("stdout", "1\n")); },
            "an address with home in it" => n => Replace(n, "## Train", "## Train\n[x](https://example.org/home/x), ./tmp/x, ~/work."),
            _ => n =>
            {
                n.Cells.First(cell => cell.Source.Contains("Claims.Declare(", StringComparison.Ordinal)).Source =
                    "void Claim(string id, double k) => run.Claims.Declare(new Claim(id, \"s\", \"m\", \"t\", \"b\", Direction.Higher, \"p\"));\nClaim(\"C1\", 1);\nforeach (var (id, k) in new[] { (\"C2a\", 1.0), (\"C2b\", 2.0) }) Claim(id, k);\nforeach (var k in new[] { 1, 2 }) Claim($\"C3-{k}\", k);";
                Replace(n, "run.Claims.Judge(", "run.Claims.Judge(\"C2a\", [], []);\nforeach (var id in new[] { \"C2b\", \"C3-1\" }) run.Claims.Judge(id, [], []);\nrun.Claims.Judge(");
            },
        };
        Assert.Empty(Check(change));
    }

    [Fact]
    public void A_tour_at_the_root_has_sections_of_its_own()
    {
        using var checkout = new TemporaryCheckout();
        NewNotebook.Write(checkout.Checkout, "new", "theme", "New");
        var notebook = NotebookFile.Read(Path.Combine(checkout.Checkout.Notebooks, "theme", "new.ipynb"));
        Replace(notebook, "## Ablation", "## Other");
        Replace(notebook, "\"../../lib", "\"../lib");
        NotebookFile.Write(Path.Combine(checkout.Checkout.Notebooks, "new.ipynb"), notebook);
        Directory.Delete(Path.Combine(checkout.Checkout.Notebooks, "theme"), recursive: true);
        Assert.Empty(NotebookLint.Check(checkout.Checkout, NotebookCatalog.Find(checkout.Checkout, "new")));
    }

    [Fact]
    public async Task The_command_lists_findings_and_fails_on_errors_only()
    {
        using var checkout = new TemporaryCheckout();
        NewNotebook.Write(checkout.Checkout, "warned", "theme", "Warned");
        NewNotebook.Write(checkout.Checkout, "wrong", "theme", "Wrong");
        var path = Path.Combine(checkout.Checkout.Notebooks, "theme", "warned.ipynb");
        var notebook = NotebookFile.Read(path);
        Lengthen(notebook, 30);
        NotebookFile.Write(path, notebook);
        File.WriteAllText(Path.Combine(checkout.Checkout.Notebooks, "theme", "wrong.ipynb"), "{");
        var warned = await Rk.RunAsync(checkout.Root, "lint", "warned");
        Assert.Equal(0, warned.ExitCode);
        Assert.Contains("1 notebook: 0 errors, 1 warning.", warned.Output, StringComparison.Ordinal);
        var all = await Rk.RunAsync(checkout.Root, "lint");
        Assert.Equal(1, all.ExitCode);
        Assert.Contains("is not a notebook: it is not JSON", all.Output, StringComparison.Ordinal);
        Assert.Contains("2 notebooks: 1 error, 1 warning.", all.Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Check(Action<Notebook> change)
    {
        using var checkout = new TemporaryCheckout();
        NewNotebook.Write(checkout.Checkout, "new", "theme", "New");
        var path = Path.Combine(checkout.Checkout.Notebooks, "theme", "new.ipynb");
        var notebook = NotebookFile.Read(path);
        change(notebook);
        NotebookFile.Write(path, notebook);
        return [.. NotebookLint.Check(checkout.Checkout, NotebookCatalog.Find(checkout.Checkout, "new")).Select(found => found.Finding.ToString())];
    }

    private static void Replace(Notebook notebook, string text, string by)
    {
        var cells = notebook.Cells.Where(cell => cell.Source.Contains(text, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(cells);
        foreach (var cell in cells) cell.Source = cell.Source.Replace(text, by, StringComparison.Ordinal);
    }

    private static void Lengthen(Notebook notebook, int lines) =>
        notebook.Tagged("parameters")!.Source += string.Concat(Enumerable.Range(0, lines - 3).Select(line => $"\nint x{line} = 0;"));

    private static void Output(Notebook notebook, JsonObject output) => notebook.Tagged("parameters")!.Outputs.Add(output);

    private static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = new JsonArray(text) };

    private static JsonObject Figure(bool picture)
    {
        var data = new JsonObject { ["text/html"] = "<div class=\"researchkit-figure\"></div>", ["text/plain"] = "a figure" };
        if (picture) data["image/png"] = "aGk=";
        return new JsonObject { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };
    }

    private static void MoveToEnd(Notebook notebook, string text)
    {
        var cell = notebook.Cells.First(cell => cell.Source.Contains(text, StringComparison.Ordinal));
        ((JsonArray)notebook.Json["cells"]!).Remove(cell.Json);
        notebook.InsertAfter(notebook.Cells[^1], cell);
    }
}
