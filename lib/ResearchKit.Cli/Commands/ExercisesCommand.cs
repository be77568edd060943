using System.Globalization;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk exercises: what there is to do, how hard it is, how long it takes.</summary>
internal sealed partial class ExercisesCommand(IAnsiConsole console, Checkout checkout) : Command<SlugSettings>
{
    public override int Execute(CommandContext context, SlugSettings settings, CancellationToken cancellationToken)
    {
        // Written as they are: a statement's backticks and brackets are not the console's markup.
        var output = console.Profile.Out.Writer;
        var (count, minutes) = (0, 0);
        foreach (var entry in NotebookCatalog.Select(checkout, settings.Slugs))
        {
            var exercises = Exercise.Of(NotebookFile.Read(entry.Path));
            if (exercises.Count == 0) continue;
            output.WriteLine(entry.Slug);
            foreach (var exercise in exercises)
            {
                var solution = exercise.IsSolved(checkout, entry) ? checkout.Show(Solutions.PathOf(checkout, entry)) : "none yet";
                output.WriteLine(exercise.Start is null
                    ? $"  {exercise.Id}. (no statement: rk lint {entry.Slug} says what is missing); solution: {solution}"
                    : $"  {exercise.Id}. {exercise.Title} ({exercise.Difficulty}, {exercise.Minutes} minutes); solution: {solution}");
                foreach (var line in Wrap(exercise.Statement, console.Profile.Width - 5)) output.WriteLine($"     {line}");
            }
            count += exercises.Count;
            minutes += exercises.Sum(exercise => exercise.Minutes);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} exercise{(count == 1 ? "" : "s")}, {minutes} minutes."));
        return ExitCodes.Success;
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in Spaces().Split(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0) yield return line;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
