using System.Text.Json;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>One case {name, params, inputs, outputs, grads} of a golden file.</summary>
internal sealed class GoldenCase
{
    private readonly GoldenFile file;
    private readonly JsonElement element;
    private readonly Dictionary<string, Tensor> read = [];

    internal GoldenCase(GoldenFile file, JsonElement element)
    {
        (this.file, this.element) = (file, element);
        Name = element.GetProperty("name").GetString() ?? throw new InvalidDataException("a case has no name");
        foreach (var part in new[] { "params", "inputs", "outputs" }) element.GetProperty(part);
    }

    internal string Name { get; }

    internal string Routine => Text("routine") ?? "";

    internal IEnumerable<JsonProperty> Outputs => element.GetProperty("outputs").EnumerateObject();

    internal IEnumerable<JsonProperty> Gradients => element.TryGetProperty("grads", out var grads) ? grads.EnumerateObject() : [];

    internal bool Has(string parameter) => element.GetProperty("params").TryGetProperty(parameter, out _);

    internal bool HasInput(string name) => element.GetProperty("inputs").TryGetProperty(name, out _);

    internal JsonElement Parameter(string name) => element.GetProperty("params").GetProperty(name);

    internal string? Text(string parameter) => element.GetProperty("params").TryGetProperty(parameter, out var value) ? value.GetString() : null;

    internal double Number(string parameter) => Parameter(parameter).GetDouble();

    internal bool Flag(string parameter) => Has(parameter) && Parameter(parameter).GetBoolean();

    /// <summary>An input's numbers, a reference to the file's tensors followed.</summary>
    internal GoldenNumbers Numbers(string input)
    {
        var value = element.GetProperty("inputs").GetProperty(input);
        return GoldenNumbers.Read(value.TryGetProperty("ref", out var name) ? file.Tensors[name.GetString()!] : value);
    }

    /// <summary>An input as a tensor, the same one at every call; it asks for a gradient where the case records one.</summary>
    internal Tensor Input(string name)
    {
        if (read.TryGetValue(name, out var known)) return known;
        var tensor = Numbers(name).ToTensor();
        if (Gradients.Any(gradient => gradient.Name == name)) tensor.requires_grad_(true);
        return read[name] = tensor.DetachFromDisposeScope();
    }

    /// <summary>The output's own tolerance, else the case's, else the file's.</summary>
    internal GoldenTolerance Tolerance(string output)
    {
        if (element.TryGetProperty("output_tolerance", out var outputs) && outputs.TryGetProperty(output, out var own)) return GoldenTolerance.Read(own);
        return element.TryGetProperty("tolerance", out var mine) ? GoldenTolerance.Read(mine) : file.Tolerance;
    }
}
