namespace ResearchKit.Cli.Notebooks;

/// <summary>papermill's convention: a cell tagged injected-parameters after the one tagged parameters.</summary>
internal static class ParameterInjection
{
    private const string ParametersTag = "parameters";
    private const string InjectedTag = "injected-parameters";

    internal static void Apply(Notebook notebook, IReadOnlyList<string> assignments, string slug)
    {
        if (assignments.Count == 0) return;
        var cell = notebook.Tagged(ParametersTag) ?? throw new CliException($"{slug} takes no parameters: it has no cell tagged {ParametersTag}.");
        var known = ParametersCell.Parse(cell.Source);
        var lines = assignments.Select(assignment => Line(assignment, known, slug)).ToList();
        var source = string.Join('\n', lines);
        if (notebook.Tagged(InjectedTag) is { } earlier) earlier.Source = source;
        else notebook.InsertAfter(cell, NotebookCell.Code(InjectedTag, source, InjectedTag));
    }

    private static string Line(string assignment, IReadOnlyList<Parameter> known, string slug)
    {
        var split = assignment.IndexOf('=', StringComparison.Ordinal);
        if (split <= 0) throw new CliException($"-p {assignment}: a parameter is given as name=value.");
        var name = assignment[..split].Trim();
        var parameter = known.FirstOrDefault(parameter => parameter.Name == name) ?? throw new CliException(
            $"-p {assignment}: {slug} has no parameter {name}. Known: {(known.Count == 0 ? "none" : string.Join(", ", known.Select(parameter => $"{parameter.Name} ({parameter.Type ?? "unknown type"})")))}.");
        var literal = ParameterLiteral.From(parameter, assignment[(split + 1)..]);
        // A constant cannot be assigned: a new declaration hides it from the cells that follow.
        return parameter.Constant ? $"const {parameter.Type} {name} = {literal};" : $"{name} = {literal};";
    }
}
