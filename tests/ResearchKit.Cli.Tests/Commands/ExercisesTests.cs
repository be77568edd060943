using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Commands;

public sealed class ExercisesTests
{
    private static readonly NotebookBuilder Notebook = new NotebookBuilder()
        .Text("## Exercises\nA word before.\n\n**a. The first [one]** (easy, 10 minutes). Do `this`,\nthen *that*.")
        .Code("stub", "exercise-a").Code("Exercise.Check(run)", "check-a")
        .Text("**b. The second** (harder, 25 minutes). More.").Code("stub", "exercise-b")
        .Text("No statement.").Code("stub", "exercise-c");

    [Fact]
    public void An_exercise_is_its_statement_its_stub_and_its_check()
    {
        var exercises = Exercise.Of(NotebookFile.Parse(Notebook.Json(), "demo"));
        Assert.Equal([("a", "The first [one]", "easy", 10), ("b", "The second", "harder", 25), ("c", "", "", 0)], exercises.Select(exercise => (exercise.Id, exercise.Title, exercise.Difficulty, exercise.Minutes)));
        Assert.Equal("Do `this`,\nthen *that*.", exercises[0].Statement);
        Assert.Equal([true, false, false], exercises.Select(exercise => exercise.Check is not null));
    }

    [Fact]
    public async Task The_list_shows_difficulty_minutes_statement_and_whether_there_is_a_solution()
    {
        using var checkout = new TemporaryCheckout().Add("demo", Notebook).Add("none", new NotebookBuilder().Code("1")).Add("demo", new NotebookBuilder().Code("solved", "exercise-a"), "solutions");
        var run = await Rk.RunAsync(checkout.Root, "exercises");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"  a. The first [one] (easy, 10 minutes); solution: {Path.Combine("notebooks", "solutions", "demo.ipynb")}\n     Do `this`, then *that*.\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("b. The second (harder, 25 minutes); solution: none yet", run.Output, StringComparison.Ordinal);
        Assert.Contains("c. (no statement: rk lint demo says what is missing)", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 exercises, 35 minutes.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("none\n", run.Output, StringComparison.Ordinal);
    }
}
