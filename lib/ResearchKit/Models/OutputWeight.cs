using TorchSharp.Modules;

namespace ResearchKit.Models;

/// <summary>The matrix that turns hidden states into logits, for code that never holds all logits at once.</summary>
internal static class OutputWeight
{
    /// <summary>[V,D]; null where a low-rank adapter works on the output layer, whose product is then no single matrix.</summary>
    internal static Parameter? Of(CausalLM model)
    {
        if (model.Config.TiedEmbeddings) return model.Embeddings;
        if (model.Projections().First(item => item.Name == "lm_head").Projection.Lora is not null) return null;
        return model.BaseParameters().First(item => item.Name == "lm_head.weight").Parameter;
    }
}
