using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>How the prompts of a <see cref="SharedPromptBatch"/> are computed.</summary>
public enum PromptSharing
{
    /// <summary>Once where an estimate from the shapes says that it pays, else with every answer.</summary>
    Auto,

    /// <summary>Once.</summary>
    Always,

    /// <summary>With every answer: the plain twin.</summary>
    Never,
}

/// <summary>
/// Log-probabilities of several answers to each prompt, the prompt computed once: pairs for preference losses, groups for
/// GRPO. With <see cref="ChunkedLogProbs"/>, so only answer tokens meet the vocabulary.
/// </summary>
public static class SharedPromptLogProbs
{
    /// <summary>Scores of all answer tokens.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">Prompts and answers, on the model's device.</param>
    /// <param name="sharing">Whether prompts are computed once; the numbers are the same up to rounding.</param>
    /// <param name="entropy">Whether the entropy is wanted.</param>
    /// <param name="reference">A frozen reference, where the forward KL is wanted.</param>
    /// <returns>
    /// [G·B,A] each, rows as in the batch; 0 on padding. Sums over the answers are <c>LogProbs.Sum(scores.LogProbs, batch.Mask)</c>.
    /// </returns>
    /// <exception cref="ModelException">A row holds more tokens than the model has positions; or sharing is forced on a model with a sliding window, or on prompts of one token.</exception>
    public static VocabularyScores PerToken(
        CausalLM model, SharedPromptBatch batch, PromptSharing sharing = PromptSharing.Auto, bool entropy = false, CausalLM? reference = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows.shape[1] > model.Config.MaxPositions)
            throw new ModelException($"A row holds {batch.Rows.shape[1]} tokens; the model has {model.Config.MaxPositions} positions. Cut the text or use a model with more.");
        using var scope = NewDisposeScope();
        Tensor States(CausalLM of) => Hidden(of, batch, sharing);
        return ChunkedLogProbs.OfModel(model, States(model), batch.Targets.reshape(-1), entropy, reference, States)
            .Select(values => values.view(batch.Targets.shape).masked_fill(batch.Mask.eq(0), 0).MoveToOuterDisposeScope());
    }

    /// <summary>Whether <see cref="PromptSharing.Auto"/> computes the prompts once.</summary>
    public static bool Shares(ModelConfig config, SharedPromptBatch batch)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(batch);
        return SharedPromptEstimate.Pays(config, batch);
    }

    /// <summary>[G·B·A,D].</summary>
    private static Tensor Hidden(CausalLM model, SharedPromptBatch batch, PromptSharing sharing)
    {
        if (sharing == PromptSharing.Always && (model.Config.SlidingWindow is not null || batch.Prefix.shape[1] == 0))
            throw new ModelException("Prompts cannot be shared under a sliding window, nor where all are of one token; use PromptSharing.Auto.");
        if (sharing == PromptSharing.Always || (sharing == PromptSharing.Auto && SharedPromptEstimate.Pays(model.Config, batch)))
            return SharedPromptForward.Hidden(model, batch).flatten(0, 1);
        return model.Hidden(batch.Rows).flatten(0, 1).index_select(0, batch.Places);
    }
}
