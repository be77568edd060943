namespace ResearchKit.Reward;

/// <summary>
/// Whether an answer keeps the form &lt;think&gt; … &lt;/think&gt; &lt;answer&gt; … &lt;/answer&gt;: every tag exactly
/// once, in order, and something between the last two. The reward is ρ times this (HARMO, arXiv 2510.05283; the exact
/// rule is a reconstruction).
/// </summary>
public static class FormatReward
{
    /// <summary>The tags of the published reasoning format.</summary>
    public static IReadOnlyList<string> ThinkAnswer { get; } = ["<think>", "</think>", "<answer>", "</answer>"];

    /// <summary>Whether a text keeps the form; white space between the last two tags is not something.</summary>
    public static bool Holds(string text, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tags);
        RequireTags(tags.Count, nameof(tags));
        int[] first = [.. tags.Select(tag => text.IndexOf(tag, StringComparison.Ordinal))];
        int[] last = [.. tags.Select(tag => text.LastIndexOf(tag, StringComparison.Ordinal))];
        return OnceAndInOrder(first, last) && !string.IsNullOrWhiteSpace(text[(first[^2] + tags[^2].Length)..first[^1]]);
    }

    /// <summary>Whether token ids keep the form.</summary>
    public static bool Holds(IReadOnlyList<int> ids, IReadOnlyList<int> tags)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(tags);
        RequireTags(tags.Count, nameof(tags));
        List<int> all = [.. ids];
        int[] first = [.. tags.Select(tag => all.IndexOf(tag))], last = [.. tags.Select(tag => all.LastIndexOf(tag))];
        return OnceAndInOrder(first, last) && first[^1] - first[^2] > 1;
    }

    private static bool OnceAndInOrder(int[] first, int[] last) =>
        first[0] >= 0 && first.SequenceEqual(last) && Enumerable.Range(1, first.Length - 1).All(i => first[i] > first[i - 1]);

    private static void RequireTags(int count, string name)
    {
        if (count < 2) throw new ArgumentException($"{count} tags; at least the two around the answer are expected", name);
    }
}
