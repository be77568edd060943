using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// Answers as a policy's actions: T is the longest answer's length, and column t holds each answer's t-th token, wherever
/// its prompt ends. All [B,T] tensors of a rollout (rewards, values, advantages) are laid out so.
/// </summary>
/// <param name="Ids">Prompt and answer, padded on the right [B,L], int64.</param>
/// <param name="Actions">The answers' tokens [B,T], int64; 0 on padding.</param>
/// <param name="Before">Where in Ids the state before each action ends [B,T], int64.</param>
/// <param name="Mask">1 on answer tokens, 0 on padding [B,T], float32.</param>
/// <param name="Sampling">How the answers were drawn: temperature and restriction belong to the policy's distribution.</param>
public sealed record AnswerBatch(Tensor Ids, Tensor Actions, Tensor Before, Tensor Mask, SamplingOptions Sampling) : IDisposable
{
    /// <summary>Lays out completions; each needs at least one new token.</summary>
    public static AnswerBatch Of(IReadOnlyList<Completion> completions, SamplingOptions sampling, Device device)
    {
        ArgumentNullException.ThrowIfNull(completions);
        ArgumentNullException.ThrowIfNull(sampling);
        if (completions.Count == 0) throw new ArgumentException("a batch needs at least one answer", nameof(completions));
        int rows = completions.Count, width = completions.Max(c => c.Prompt.Length + c.Tokens.Length), columns = completions.Max(c => c.Tokens.Length);
        var (ids, actions, before, mask) = (new long[rows * width], new long[rows * columns], new long[rows * columns], new float[rows * columns]);
        for (var r = 0; r < rows; r++)
        {
            var (prompt, tokens) = (completions[r].Prompt, completions[r].Tokens);
            for (var t = 0; t < prompt.Length; t++) ids[r * width + t] = prompt[t];
            for (var t = 0; t < columns; t++)
            {
                before[r * columns + t] = prompt.Length - 1 + Math.Min(t, tokens.Length - 1);
                if (t >= tokens.Length) continue;
                ids[r * width + prompt.Length + t] = actions[r * columns + t] = tokens[t];
                mask[r * columns + t] = 1;
            }
        }
        return new AnswerBatch(
            tensor(ids, [rows, width], device: device), tensor(actions, [rows, columns], device: device),
            tensor(before, [rows, columns], device: device), tensor(mask, [rows, columns], device: device), sampling);
    }

    /// <summary>Logits [B,T,V] of what may be drawn at each action, tempered and restricted as the answers were drawn; meaningless on padding.</summary>
    public Tensor Logits(CausalLM model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        var hidden = model.Hidden(Ids);                                                                   // [B,L,D]
        var states = hidden.gather(1, Before.unsqueeze(-1).expand(-1, -1, hidden.shape[2]));              // [B,T,D]
        var logits = model.Logits(states);
        if (logits.dtype is not ScalarType.Float64) logits = logits.to_type(ScalarType.Float32);
        if (Sampling.Temperature != 1) logits = logits / Sampling.Temperature;
        if (Sampling.Restriction is { } restriction) logits = restriction.Apply(logits);
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>log π of each action [B,T] from the policy's <see cref="Logits"/>; 0 on padding.</summary>
    public Tensor LogProbs(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var chosen = logits.gather(-1, Actions.unsqueeze(-1)).squeeze(-1);
        return (chosen - logits.logsumexp(-1)).masked_fill(Mask.eq(0), 0).MoveToOuterDisposeScope();
    }

    /// <summary>V of the state before each action [B,T]; 0 on padding.</summary>
    public Tensor Values(RewardModel critic)
    {
        ArgumentNullException.ThrowIfNull(critic);
        using var scope = NewDisposeScope();
        return critic.Values(Ids).gather(1, Before).masked_fill(Mask.eq(0), 0).MoveToOuterDisposeScope();
    }

    /// <summary>Some of the rows, as a batch of its own.</summary>
    /// <param name="rows">Their indices, int64.</param>
    public AnswerBatch Rows(Tensor rows) => this with
    {
        Ids = Ids.index_select(0, rows),
        Actions = Actions.index_select(0, rows),
        Before = Before.index_select(0, rows),
        Mask = Mask.index_select(0, rows),
    };

    /// <summary>Frees the four tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in new[] { Ids, Actions, Before, Mask }) tensor.Dispose();
    }
}
