using ResearchKit.Models;

namespace ResearchKit.Reward;

/// <summary>
/// Follow-up likelihood as reward (Zhang et al. 2024, arXiv 2409.13948): an answer is good if the user's likely next
/// words are pleased ones. Per category c, S_c = mean ℓ(f⁺ | h, y) − mean ℓ(f⁻ | h, y); FLR is the mean of S_c over the
/// categories. The aggregation is a reconstruction: the paper's equations were not found. Official code: e0397123/FLR 787bce6.
/// </summary>
/// <param name="Total">FLR of each answer [B]; higher is better.</param>
/// <param name="ByCategory">S_c [B,C], in the categories' order.</param>
public sealed record FollowUpReward(double[] Total, double[,] ByCategory)
{
    /// <summary>Scores answers by the follow-ups' length-normalised log-likelihood.</summary>
    /// <param name="model">The scoring model, frozen.</param>
    /// <param name="prefixes">Dialogue, answer and the opening of the user's next turn, as token ids, one per answer.</param>
    /// <param name="categories">The follow-ups, without BOS, role header or end-of-turn token.</param>
    /// <param name="mode">Which of them count.</param>
    public static FollowUpReward Of(CausalLM model, IReadOnlyList<int[]> prefixes, IReadOnlyList<FollowUpCategory> categories, FollowUpMode mode = FollowUpMode.Contrast) =>
        Combine(SuffixLogLikelihood.Of(model, prefixes, Suffixes(categories)), categories, mode);

    /// <summary>All follow-ups in one list: category by category, the positive ones first.</summary>
    public static IReadOnlyList<int[]> Suffixes(IReadOnlyList<FollowUpCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        return [.. categories.SelectMany(category => category.Positive.Concat(category.Negative))];
    }

    /// <summary>The reward from scores of all follow-ups, whatever they measure (log-likelihoods, or <see cref="FirstPositionLogit"/>).</summary>
    /// <param name="scores">[B,F] in the order of <see cref="Suffixes"/>.</param>
    /// <param name="categories">At least one, each with a follow-up on the sides that the mode counts.</param>
    /// <param name="mode">Which follow-ups count.</param>
    public static FollowUpReward Combine(double[,] scores, IReadOnlyList<FollowUpCategory> categories, FollowUpMode mode = FollowUpMode.Contrast)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(categories);
        var followUps = categories.Sum(category => category.Positive.Count + category.Negative.Count);
        if (categories.Count == 0 || scores.GetLength(1) != followUps)
            throw new ArgumentException($"{scores.GetLength(1)} scores an answer for {followUps} follow-ups in {categories.Count} categories; one each is expected", nameof(scores));
        if (categories.FirstOrDefault(category => (mode != FollowUpMode.Negative && category.Positive.Count == 0) || (mode != FollowUpMode.Positive && category.Negative.Count == 0)) is { } empty)
            throw new ArgumentException($"category '{empty.Name}' has {empty.Positive.Count} positive and {empty.Negative.Count} negative follow-ups; mode {mode} needs at least one on each side that it counts", nameof(categories));

        var answers = scores.GetLength(0);
        var byCategory = new double[answers, categories.Count];
        double Mean(int answer, int first, int count) => count == 0 ? 0 : Enumerable.Range(first, count).Average(f => scores[answer, f]);
        for (var b = 0; b < answers; b++)
        {
            var at = 0;
            for (var c = 0; c < categories.Count; c++)
            {
                var (positive, negative) = (categories[c].Positive.Count, categories[c].Negative.Count);
                var good = mode == FollowUpMode.Negative ? 0 : Mean(b, at, positive);
                var bad = mode == FollowUpMode.Positive ? 0 : Mean(b, at + positive, negative);
                byCategory[b, c] = good - bad;
                at += positive + negative;
            }
        }
        return new FollowUpReward([.. Enumerable.Range(0, answers).Select(b => Enumerable.Range(0, categories.Count).Average(c => byCategory[b, c]))], byCategory);
    }
}
