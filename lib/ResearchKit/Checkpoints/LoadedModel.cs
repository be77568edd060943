using ResearchKit.Models;

namespace ResearchKit.Checkpoints;

/// <summary>A model read from a folder.</summary>
/// <param name="Model">The model; the caller's to dispose.</param>
/// <param name="StopTokens">The ids that end a text: generation_config.json's eos_token_id, or else config.json's.</param>
public sealed record LoadedModel(CausalLM Model, IReadOnlyList<int> StopTokens) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
