using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>Each exercise has its statement, its check and its solution.</summary>
internal static class ExerciseRules
{
    internal static IEnumerable<LintFinding> Check(Notebook notebook, Notebook? solutions)
    {
        var cells = notebook.Cells;
        var exercises = Exercise.Of(notebook);
        foreach (var exercise in exercises)
        {
            var number = Number(cells, exercise.Stub);
            if (exercise.Start is null) yield return LintFinding.Error(number, $"the Markdown cell before it has no line that begins with \"**{exercise.Id}. Title** (easy, 10 minutes).\"");
            else if (!Exercise.Difficulties.Contains(exercise.Difficulty)) yield return LintFinding.Error(number - 1, $"the difficulty \"{exercise.Difficulty}\" is not one of {string.Join(", ", Exercise.Difficulties)}");
            if (exercise.Check is null) yield return LintFinding.Error(number, $"exercise {exercise.Id} has no cell tagged check-{exercise.Id} after it");
            else if (!exercise.Check.Source.Contains("Exercise.Check(", StringComparison.Ordinal)) yield return LintFinding.Error(Number(cells, exercise.Check), $"the cell tagged check-{exercise.Id} does not call Exercise.Check");
            if (solutions is null) yield return LintFinding.Error(number, $"exercise {exercise.Id} has no solution: the file of solutions is missing");
            else if (solutions.Tagged(exercise.StubTag) is null) yield return LintFinding.Error(number, $"exercise {exercise.Id} has no solution: no cell of the solutions is tagged {exercise.StubTag}");
        }
        foreach (var (index, cell) in cells.Index())
        {
            foreach (var tag in cell.Tags.Where(tag => tag.StartsWith("check-", StringComparison.Ordinal) && exercises.All(exercise => $"check-{exercise.Id}" != tag)))
            {
                yield return LintFinding.Error(index + 1, $"a cell tagged {tag} and no exercise of that letter before it");
            }
        }
    }

    internal static IEnumerable<LintFinding> CheckSolutions(Notebook notebook, Notebook solutions)
    {
        foreach (var (index, cell) in solutions.Cells.Index())
        {
            if (Exercise.IdOf(cell) is { } id && notebook.Tagged($"exercise-{id}") is null) yield return LintFinding.Error(index + 1, $"a solution of exercise {id}, which the notebook has not");
        }
    }

    private static int Number(IReadOnlyList<NotebookCell> cells, NotebookCell cell) => cells.Index().First(pair => pair.Item.Json == cell.Json).Index + 1;
}
