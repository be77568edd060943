using ResearchKit.Generation;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;

namespace ResearchKit.Tests.Generation;

public sealed class UnsafePairsTests
{
    private static readonly SamplingOptions Sampling = new() { MaxNewTokens = 3, StopTokens = [2] };

    [Fact]
    public void Only_failures_become_pairs_each_beside_its_own_safe_answer_and_the_rate_is_theirs()
    {
        using var model = TinyModels.Create();
        using var generator = new RandomStreams(1).Generator("pairs");
        int[][] prompts = [.. Enumerable.Range(0, 60).Select(i => new[] { 1, 3 + i % 20 })];
        static bool IsUnsafe(int i, int[] answer) => (i + answer[0]) % 3 == 0;

        var made = UnsafePairs.Sample(model, prompts, IsUnsafe, i => [i, 2], _ => 0, 1000, Sampling, generator);

        Assert.InRange(made.Pairs.Count, 1, 59);
        Assert.Equal(made.Pairs.Count / 60.0, made.UnsafeRate, 12);
        Assert.All(made.Pairs, pair =>
        {
            Assert.Equal(prompts[pair.Chosen[0]], pair.Prompt);
            Assert.True(IsUnsafe(pair.Chosen[0], pair.Rejected));
        });
    }

    [Fact]
    public void Cells_are_kept_as_equal_as_they_allow()
    {
        using var model = TinyModels.Create();
        using var generator = new RandomStreams(1).Generator("pairs");
        int[][] prompts = [.. Enumerable.Range(0, 60).Select(_ => new[] { 1, 4 })];
        // Cells of 40, 15 and 5 failures.
        static int Cell(int i) => i < 40 ? 0 : i < 55 ? 1 : 2;

        var made = UnsafePairs.Sample(model, prompts, (_, _) => true, i => [i], Cell, 25, Sampling, generator);

        Assert.Equal([10, 10, 5], made.Pairs.Select(pair => Cell(pair.Chosen[0])).CountBy(cell => cell).OrderBy(cell => cell.Key).Select(cell => cell.Value));
        Assert.Equal(1, made.UnsafeRate);
    }

    [Fact]
    public void A_model_without_failures_gives_no_pairs()
    {
        using var model = TinyModels.Create();
        using var generator = new RandomStreams(1).Generator("pairs");

        var made = UnsafePairs.Sample(model, [[1, 4]], (_, _) => false, _ => [2], _ => 0, 5, Sampling, generator);

        Assert.Empty(made.Pairs);
        Assert.Equal(0, made.UnsafeRate);
    }
}
