using ResearchKit.Data;
using ResearchKit.Text;

namespace ResearchKit.Reward;

/// <summary>
/// A solution in labelled steps as token ids with a label per token, for a process reward model. Official code:
/// huggingface/trl f2cd577, trl/experimental/prm/prm_trainer.py, PRMTrainer.tokenize_row.
/// </summary>
/// <param name="Ids">BOS where there is one, the problem, then each step and a separator.</param>
/// <param name="Labels">1 or 0 at the last token of a separator, for a right or wrong step; <see cref="Ignored"/> elsewhere.</param>
public sealed record StepTokens(int[] Ids, int[] Labels)
{
    /// <summary>The label of a token that does not count.</summary>
    public const int Ignored = -100;

    /// <summary>Tokenises one solution.</summary>
    /// <param name="record">Problem, steps and their labels.</param>
    /// <param name="tokenizer">Steps are tokenised one by one.</param>
    /// <param name="separator">The text that ends a step; its last token carries the label.</param>
    /// <param name="maxCompletionLength">The steps' tokens are cut to this; a step whose separator is cut has no label.</param>
    /// <param name="maxLength">All tokens are cut to this.</param>
    /// <param name="lastStepOnly">Only the last step keeps its label, as for outcome supervision.</param>
    public static StepTokens Of(
        StepwiseRecord record, ITokenizer tokenizer, string separator, int? maxCompletionLength = null, int? maxLength = null, bool lastStepOnly = false)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (record.Completions.Count != record.Labels.Count)
            throw new ArgumentException($"{record.Completions.Count} steps and {record.Labels.Count} labels; one each is expected", nameof(record));
        var end = tokenizer.Encode(separator);
        if (end.Length == 0) throw new ArgumentException($"the separator '{separator}' has no token; its last token carries the label", nameof(separator));
        int[] prompt = [.. tokenizer.BosId is { } bos ? [bos] : Array.Empty<int>(), .. tokenizer.Encode(record.Prompt)];
        var (ids, labels) = (new List<int>(), new List<int>());
        for (var step = 0; step < record.Completions.Count; step++)
        {
            int[] tokens = [.. tokenizer.Encode(record.Completions[step]), .. end];
            ids.AddRange(tokens);
            labels.AddRange(Enumerable.Repeat(Ignored, tokens.Length - 1));
            var counts = !lastStepOnly || step == record.Completions.Count - 1;
            labels.Add(!counts ? Ignored : record.Labels[step] ? 1 : 0);
        }
        var kept = Math.Min(ids.Count, maxCompletionLength ?? int.MaxValue);
        var whole = Math.Min(prompt.Length + kept, maxLength ?? int.MaxValue);
        int[] allIds = [.. prompt, .. ids.Take(kept)], allLabels = [.. Enumerable.Repeat(Ignored, prompt.Length), .. labels.Take(kept)];
        return new StepTokens(allIds[..whole], allLabels[..whole]);
    }
}
