using ResearchKit.Generation;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;

namespace ResearchKit.Tests.Generation;

public sealed class BestOfNTests
{
    private static readonly SamplingOptions Options = new() { MaxNewTokens = 5 };

    [Fact]
    public void The_best_is_the_first_of_the_highest_score_among_n_per_prompt()
    {
        var prompts = TinyModels.Prompts(3, 2, 4);
        var results = Draw(prompts, completion => completion.Tokens.Sum());

        Assert.Equal(3, results.Count);
        for (var i = 0; i < prompts.Length; i++)
        {
            Assert.Equal(4, results[i].Completions.Count);
            Assert.All(results[i].Completions, completion => Assert.Same(prompts[i], completion.Prompt));
            Assert.Equal(results[i].Completions.Max(completion => completion.Tokens.Sum()), results[i].Best.Tokens.Sum());
            Assert.Equal(results[i].Completions.Select(completion => (double)completion.Tokens.Sum()), results[i].Scores);
        }
        Assert.Contains(results, result => result.Completions.Select(one => string.Join(' ', one.Tokens)).Distinct().Count() > 1);
        Assert.Equal(0, Draw(prompts, _ => 1)[0].BestIndex);
    }

    [Fact]
    public void A_score_of_NaN_is_refused_with_its_place()
    {
        var calls = 0;

        var error = Assert.Throws<GenerationException>(() => Draw(TinyModels.Prompts(2, 2, 2), _ => ++calls == 6 ? double.NaN : 0));

        Assert.Contains("completion 1 of prompt 1", error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ScoredCompletions> Draw(int[][] prompts, Func<Completion, double> scorer)
    {
        using var model = TinyModels.Create();
        using var generator = new RandomStreams(1).Generator("best-of-n");
        return BestOfN.Sample(model, prompts, 4, scorer, Options, generator);
    }
}
