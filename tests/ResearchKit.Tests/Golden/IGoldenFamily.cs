using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>What the library computes for a case.</summary>
/// <param name="Outputs">By the recorded output's name.</param>
/// <param name="Objective">The scalar that the recorded gradients are of; null where the case has none.</param>
/// <param name="Texts">Outputs that are lists of texts, by the recorded output's name.</param>
internal sealed record GoldenOutcome(
    IReadOnlyDictionary<string, Tensor> Outputs, Tensor? Objective = null, IReadOnlyDictionary<string, string[]>? Texts = null);

/// <summary>Runs the cases of one family through the library.</summary>
internal interface IGoldenFamily
{
    /// <summary>Why the library cannot run this case yet; null if it can.</summary>
    string? Missing(GoldenCase item);

    GoldenOutcome Run(GoldenCase item);
}
