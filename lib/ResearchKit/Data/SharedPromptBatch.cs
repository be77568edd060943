using static TorchSharp.torch;

namespace ResearchKit.Data;

/// <summary>
/// B prompts with G answers each, every prompt kept once. A prompt's last token goes with each of its answers, for its hidden
/// state predicts their first tokens: so an answer's row holds exactly the inputs whose outputs are scored. Row g·B + b holds
/// answer g of prompt b; for pairs that is the order of <see cref="PairBatch"/>, chosen first.
/// </summary>
public sealed class SharedPromptBatch : IDisposable
{
    private SharedPromptBatch(IReadOnlyList<(int[] Prompt, IReadOnlyList<int[]> Answers)> groups, int padId, Device? device)
    {
        (Prompts, Answers) = (groups.Count, groups[0].Answers.Count);
        (int[] Prompt, int[] Answer)[] rows = [.. Enumerable.Range(0, Answers).SelectMany(g => groups.Select(group => (group.Prompt, group.Answers[g])))];
        var (prefix, answer) = (groups.Max(group => group.Prompt.Length) - 1, rows.Max(row => row.Answer.Length));
        PrefixLengths = [.. groups.Select(group => group.Prompt.Length - 1)];
        Prefix = Padded([.. groups.Select(group => group.Prompt[..^1])], prefix);
        Inputs = Padded([.. rows.Select(row => (int[])[row.Prompt[^1], .. row.Answer[..^1]])], answer);
        Targets = Padded([.. rows.Select(row => row.Answer)], answer);
        Rows = Padded([.. rows.Select(row => (int[])[.. row.Prompt, .. row.Answer[..^1]])], rows.Max(row => row.Prompt.Length + row.Answer.Length - 1));
        var mask = new float[rows.Length * answer];
        var places = new long[rows.Length * answer];
        for (var r = 0; r < rows.Length; r++)
        {
            Array.Fill(mask, 1, r * answer, rows[r].Answer.Length);
            // Padding points at the row's first place: any will do.
            for (var t = 0; t < answer; t++) places[r * answer + t] = r * Rows.shape[1] + (t < rows[r].Answer.Length ? rows[r].Prompt.Length - 1 + t : 0);
        }
        Mask = tensor(mask, [rows.Length, answer], device: device);
        Places = tensor(places, device: device);

        Tensor Padded(int[][] content, int width)
        {
            var ids = new long[content.Length * width];
            Array.Fill(ids, padId);
            for (var r = 0; r < content.Length; r++)
                for (var t = 0; t < content[r].Length; t++) ids[r * width + t] = content[r][t];
            return tensor(ids, [content.Length, width], device: device);
        }
    }

    /// <summary>The number of prompts, B.</summary>
    public int Prompts { get; }

    /// <summary>Answers of each prompt, G.</summary>
    public int Answers { get; }

    /// <summary>The answers' tokens [G·B,A], int64, padded on the right.</summary>
    public Tensor Targets { get; }

    /// <summary>1 on answer tokens, 0 on padding [G·B,A], float32.</summary>
    public Tensor Mask { get; }

    /// <summary>The prompts but for their last tokens [B,P], padded on the right.</summary>
    internal Tensor Prefix { get; }

    /// <summary>Tokens of each prompt but the last.</summary>
    internal IReadOnlyList<int> PrefixLengths { get; }

    /// <summary>What predicts the answers' tokens: the prompt's last token, then all of the answer but its last [G·B,A].</summary>
    internal Tensor Inputs { get; }

    /// <summary>The same tokens without sharing: prompt and answer but its last token, in one row [G·B,T].</summary>
    internal Tensor Rows { get; }

    /// <summary>Where <see cref="Inputs"/> stand in the flattened <see cref="Rows"/> [G·B·A].</summary>
    internal Tensor Places { get; }

    /// <summary>Pairs: two answers to each prompt, chosen rows first.</summary>
    /// <param name="pairs">At least one pair, already cut to length.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    public static SharedPromptBatch Collate(IReadOnlyList<TokenizedPair> pairs, int padId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Collate([.. pairs.Select(pair => (pair.Prompt, (IReadOnlyList<int[]>)[pair.Chosen, pair.Rejected]))], padId, device);
    }

    /// <summary>Groups of equally many answers.</summary>
    /// <param name="groups">At least one prompt, each of at least one token, with answers of at least one token.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    /// <exception cref="ArgumentException">No group, groups of different sizes, or an empty prompt or answer.</exception>
    public static SharedPromptBatch Collate(IReadOnlyList<(int[] Prompt, IReadOnlyList<int[]> Answers)> groups, int padId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("a batch needs at least one prompt", nameof(groups));
        for (var b = 0; b < groups.Count; b++)
        {
            var (prompt, answers) = groups[b];
            if (answers.Count != groups[0].Answers.Count || answers.Count == 0)
                throw new ArgumentException($"prompt {b} has {answers.Count} answers, prompt 0 has {groups[0].Answers.Count}; equally many are expected, at least one", nameof(groups));
            if (prompt.Length == 0 || answers.Any(answer => answer.Length == 0))
                throw new ArgumentException($"prompt {b} or one of its answers holds no token; each needs at least one", nameof(groups));
        }
        return new SharedPromptBatch(groups, padId, device);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in new[] { Targets, Mask, Prefix, Inputs, Rows, Places }) tensor.Dispose();
    }
}
