using System.Text.RegularExpressions;
using ResearchKit.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace ResearchKit.Figures;

/// <summary>A model's parameters as a table: shapes, counts, what trains. Blocks of one shape are one row each.</summary>
public static partial class ModelTable
{
    /// <summary>The parameters of any module, under the names of its weight map.</summary>
    public static ResultTable Of(torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var parameters = module.named_parameters().Select(item => (item.name, item.parameter)).ToArray();
        return Table($"{Name(module)}: {Counts(parameters)}", parameters);
    }

    /// <summary>An adapter's own parameters, and their share of the model that they adapt.</summary>
    public static ResultTable Of(LoraAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        var parameters = adapter.Parameters().Select(item => (item.Name, item.Parameter)).ToArray();
        var (own, model) = (Count(parameters), adapter.Model.parameters().Sum(parameter => parameter.numel()));
        var state = adapter.Merged ? "merged into the base" : "not merged";
        return Table(FormattableString.Invariant($"LoRA adapter of rank {adapter.Options.Rank}, alpha {adapter.Options.Alpha}, on {string.Join(", ", adapter.Options.TargetModules)}, {state}: {own:N0} parameters, {Share(own, model)} of the model's"), parameters);
    }

    private static string Name(torch.nn.Module module) => module is CausalLM { Config: var shape } model
        ? FormattableString.Invariant($"{shape.Family} language model, {shape.Layers} layers, {shape.HiddenSize} wide, {shape.Heads} heads, {shape.VocabSize:N0} tokens, {shape.MaxPositions:N0} positions, {model.Dtype} on {model.Device}")
        : module.GetName();

    private static string Counts((string, Parameter Parameter)[] parameters)
    {
        var trained = parameters.Where(item => item.Parameter.requires_grad).Sum(item => item.Parameter.numel());
        return FormattableString.Invariant($"{Count(parameters):N0} parameters, {Share(trained, Count(parameters))} trainable");
    }

    private static ResultTable Table(string title, (string Name, Parameter Parameter)[] parameters)
    {
        // Blocks differ in their number only; one row speaks for those of one shape and one fate.
        var rows = parameters.GroupBy(item => (Name: BlockNumber().Replace(item.Name, ".*."), Shape: string.Join(" x ", item.Parameter.shape), item.Parameter.requires_grad))
            .Select(group => (string[])[group.Count() == 1 ? group.First().Name : group.Key.Name, Shortened.Number(group.Count()), group.Key.Shape, Shortened.Number(Count([.. group])), group.Key.requires_grad ? "yes" : "no"]);
        return new ResultTable(title, ["parameter", "times", "shape", "numbers in all", "trains"], [.. rows], "");
    }

    private static long Count((string, Parameter Parameter)[] parameters) => parameters.Sum(item => item.Parameter.numel());

    private static string Share(long part, long whole) => FormattableString.Invariant($"{(whole == 0 ? 0 : 100.0 * part / whole):0.##} %");

    [GeneratedRegex(@"\.\d+\.")]
    private static partial Regex BlockNumber();
}
