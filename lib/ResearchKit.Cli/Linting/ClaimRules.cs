using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>Claims are declared before anything is trained, and each one is judged.</summary>
internal static class ClaimRules
{
    private static readonly string[] Training = ["Trainer.Run", "Seeds.SideBySide"];

    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        var cells = notebook.Cells.Index().Where(cell => cell.Item.IsCode).Select(cell => (Number: cell.Index + 1, Code: CellCode.Parse(cell.Item.Source))).ToList();
        var declared = cells.SelectMany(cell => Declared(cell.Code).Select(id => (cell.Number, Id: id))).ToList();
        var judged = cells.SelectMany(cell => CellCode.Calls(cell.Code, "Claims.Judge").Select(call => (cell.Number, Id: ClaimIds.Of(First(call.ArgumentList))))).ToList();
        if (declared.Count == 0)
        {
            yield return LintFinding.Error(0, "no claim is declared (run.Claims.Declare(new Claim(...)))");
            yield break;
        }
        var trains = cells.FirstOrDefault(cell => CellCode.Calls(cell.Code, Training).Any()).Number;
        foreach (var number in declared.Select(claim => claim.Number).Distinct())
        {
            if (trains > 0 && number > trains) yield return LintFinding.Error(number, $"claims are declared after cell {trains}, which trains");
        }
        foreach (var (number, ids) in declared)
        {
            foreach (var id in ids.Where(id => !judged.Any(judgement => judgement.Id.Any(other => ClaimIds.Same(id, other))))) yield return LintFinding.Error(number, $"the claim {id} is never judged");
        }
        foreach (var (number, ids) in judged)
        {
            foreach (var id in ids.Where(id => !declared.Any(claim => claim.Id.Any(other => ClaimIds.Same(id, other))))) yield return LintFinding.Error(number, $"the claim {id} is judged and never declared");
        }
        if (notebook.Cells.All(cell => !cell.Source.Contains("run.Finish()", StringComparison.Ordinal))) yield return LintFinding.Error(0, "no cell calls run.Finish(), so a run leaves no record");
    }

    // new Claim("C1", ...), or a call of a local helper that makes the claim of its first argument.
    private static IEnumerable<IReadOnlyList<string>> Declared(CompilationUnitSyntax code)
    {
        var made = code.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Where(made => made.Type.ToString().Split('.')[^1] == "Claim").Select(made => (Node: (SyntaxNode)made, First: First(made.ArgumentList)));
        var called = code.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression.ToString() == "Claim").Select(call => (Node: (SyntaxNode)call, First: First(call.ArgumentList)));
        // In the helper itself the id is its parameter.
        return made.Concat(called).Where(claim => !IsParameter(claim.First)).Select(claim => ClaimIds.Of(claim.First));
    }

    private static ExpressionSyntax? First(ArgumentListSyntax? arguments) => arguments?.Arguments.FirstOrDefault()?.Expression;

    private static bool IsParameter(ExpressionSyntax? expression)
    {
        if (expression is not IdentifierNameSyntax name) return false;
        var parameters = expression.Ancestors().SelectMany(node => node switch
        {
            MethodDeclarationSyntax method => method.ParameterList.Parameters,
            LocalFunctionStatementSyntax function => function.ParameterList.Parameters,
            _ => default,
        });
        return parameters.Any(parameter => parameter.Identifier.ValueText == name.Identifier.ValueText);
    }
}
