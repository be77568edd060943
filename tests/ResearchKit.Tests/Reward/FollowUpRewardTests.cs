using ResearchKit.Reward;
using ResearchKit.Tests.Models;
using ResearchKit.Text;

namespace ResearchKit.Tests.Reward;

public sealed class FollowUpRewardTests
{
    private static readonly FollowUpCategory[] Categories =
        [new("understanding", [[1], [2]], [[3]]), new("engaging", [[4]], [[5], [6], [7]])];

    private static readonly double[,] Scores = { { -1, -3, -4, -2, -1, -2, -3 }, { 0, -1, -2, -3, -4, -5, -6 } };

    [Fact]
    public void Contrast_is_the_mean_over_categories_of_positive_minus_negative_means()
    {
        var reward = FollowUpReward.Combine(Scores, Categories);

        Assert.Equal([(2 + 0) / 2.0, (1.5 + 2) / 2.0], reward.Total);
        Assert.Equal(new double[,] { { 2, 0 }, { 1.5, 2 } }, reward.ByCategory);
    }

    [Fact]
    public void Contrast_is_the_sum_of_the_positive_and_the_negative_mode()
    {
        double[] Total(FollowUpMode mode) => FollowUpReward.Combine(Scores, Categories, mode).Total;

        Assert.Equal(Total(FollowUpMode.Contrast), Total(FollowUpMode.Positive).Zip(Total(FollowUpMode.Negative), (p, n) => p + n));
    }

    [Fact]
    public void A_mood_that_moves_all_follow_ups_of_an_answer_cancels_in_the_contrast_only()
    {
        var moody = (double[,])Scores.Clone();
        for (var f = 0; f < 7; f++) moody[0, f] += 5;

        Assert.Equal(FollowUpReward.Combine(Scores, Categories).Total[0], FollowUpReward.Combine(moody, Categories).Total[0], 1e-12);
        Assert.Equal(5, FollowUpReward.Combine(moody, Categories, FollowUpMode.Positive).Total[0] - FollowUpReward.Combine(Scores, Categories, FollowUpMode.Positive).Total[0], 1e-12);
    }

    [Fact]
    public void It_scores_with_the_model_what_its_suffixes_score()
    {
        using var model = TinyModels.Create();
        var prefixes = TinyModels.Prompts(3, 2, 5);
        var scores = SuffixLogLikelihood.Of(model, prefixes, FollowUpReward.Suffixes(Categories));

        Assert.Equal(FollowUpReward.Combine(scores, Categories).Total, FollowUpReward.Of(model, prefixes, Categories).Total);
    }

    [Fact]
    public void Counts_that_do_not_fit_are_refused()
    {
        Assert.Contains("7 scores an answer for 3 follow-ups", Assert.Throws<ArgumentException>(() => FollowUpReward.Combine(Scores, Categories[..1])).Message, StringComparison.Ordinal);
        FollowUpCategory[] noBad = [new("one-sided", [[1]], [])];
        Assert.Contains("'one-sided' has 1 positive and 0 negative", Assert.Throws<ArgumentException>(() => FollowUpReward.Combine(new double[1, 1], noBad)).Message, StringComparison.Ordinal);
        Assert.Equal([0.0], FollowUpReward.Combine(new double[1, 1], noBad, FollowUpMode.Positive).Total);
    }

    [Fact]
    public void A_follow_up_is_found_inside_the_template_also_where_its_first_letter_merges_with_it()
    {
        var template = ChatTemplate.ByName("llama-2");
        ChatMessage[] Dialogue(string answer) => [new("user", "hi"), new("assistant", answer)];
        var turns = FollowUpTurns.Of(template, new Letters(), [Dialogue("good"), Dialogue("a longer one")], ["thanks", "tell me"], maxPrefix: 1000);
        string Text(IEnumerable<int> ids) => string.Concat(ids.Select(id => Letters.Text(id)));

        Assert.Equal("<s>[INST] hi [/INST] good </s><s>[INST]", Text(turns.Prefixes[0]));
        Assert.Equal([" thanks", " tell me"], turns.FollowUps.Select(Text));
        Assert.Equal(Letters.Merged('t'), turns.FollowUps[0][0]);
        Assert.Equal(" </s><s>[INST]", Text(FollowUpTurns.Of(template, new Letters(), [Dialogue("good")], ["thanks"], maxPrefix: 13).Prefixes[0]));
    }

    [Fact]
    public void Without_a_template_turns_are_parted_by_a_blank_line()
    {
        var turns = FollowUpTurns.Of(null, new Letters(), [[new("user", "a"), new("assistant", "b")]], ["c"], maxPrefix: 10);

        Assert.Equal("a\n\nb\n\n", string.Concat(turns.Prefixes[0].Select(Letters.Text)));
    }

    /// <summary>One token a letter, but a space merges with the letter after it.</summary>
    private sealed class Letters : ITokenizer
    {
        private const int Space = 1 << 16;

        public int VocabSize => 2 * Space;
        public int? BosId => null;
        public int? EosId => null;
        public int PadId => 0;

        public static int Merged(char letter) => Space + letter;

        public static string Text(int id) => id >= Space ? $" {(char)(id - Space)}" : $"{(char)id}";

        public int[] Encode(string text, bool addSpecialTokens = false)
        {
            var ids = new List<int>();
            for (var i = 0; i < text.Length; i++) ids.Add(text[i] == ' ' && i + 1 < text.Length ? Merged(text[++i]) : text[i]);
            return [.. ids];
        }

        public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true) => string.Concat(ids.Select(Text));

        public string TokenText(int id) => Text(id);
    }
}
