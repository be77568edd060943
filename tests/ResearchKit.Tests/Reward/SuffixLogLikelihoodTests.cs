using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Reward;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class SuffixLogLikelihoodTests
{
    private static readonly int[][] Suffixes = TinyModels.Prompts(5, 1, 4, seed: 8);

    public static TheoryData<ModelFamily> Families => new(TinyModels.Families);

    // The plain twin: every prefix with every suffix as a row of its own.
    private static double[,] Plain(CausalLM model, int[][] prefixes, int[][] suffixes, bool normalise)
    {
        using var noGrad = no_grad();
        var result = new double[prefixes.Length, suffixes.Length];
        for (var b = 0; b < prefixes.Length; b++)
        {
            for (var f = 0; f < suffixes.Length; f++)
            {
                using var scope = NewDisposeScope();
                using var row = SequenceBatch.Collate([(prefixes[b], suffixes[f])], padId: 0);
                var perToken = LogProbs.PerToken(model.Forward(row.Ids), row.Ids);
                result[b, f] = (normalise ? LogProbs.Mean(perToken, row.CompletionMask[.., 1..]) : LogProbs.Sum(perToken, row.CompletionMask[.., 1..])).item<float>();
            }
        }
        return result;
    }

    private static void AssertClose(double[,] expected, double[,] actual, double tolerance)
    {
        for (var b = 0; b < expected.GetLength(0); b++) for (var f = 0; f < expected.GetLength(1); f++) Assert.Equal(expected[b, f], actual[b, f], tolerance);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Shared_prefixes_give_what_whole_rows_give(ModelFamily family)
    {
        using var model = TinyModels.Create(family);
        var prefixes = TinyModels.Prompts(6, 2, 9);

        AssertClose(Plain(model, prefixes, Suffixes, normalise: true), SuffixLogLikelihood.Of(model, prefixes, Suffixes), 2e-5);
        AssertClose(Plain(model, prefixes, Suffixes, normalise: false), SuffixLogLikelihood.Of(model, prefixes, Suffixes, normalise: false), 8e-5);
    }

    [Fact]
    public void How_many_rows_run_at_once_changes_nothing()
    {
        using var model = TinyModels.Create();
        var prefixes = TinyModels.Prompts(7, 2, 9);

        AssertClose(SuffixLogLikelihood.Of(model, prefixes, Suffixes), SuffixLogLikelihood.Of(model, prefixes, Suffixes, rowsPerPass: 1), 1e-5);
    }

    [Fact]
    public void One_token_suffixes_are_the_next_token_distribution()
    {
        using var model = TinyModels.Create();
        var every = Enumerable.Range(0, 31).Select(id => new[] { id }).ToArray();
        var scores = SuffixLogLikelihood.Of(model, TinyModels.Prompts(1, 5, 5), every);

        Assert.Equal(1, Enumerable.Range(0, 31).Sum(id => Math.Exp(scores[0, id])), 1e-5);
    }

    [Fact]
    public void The_answers_own_likelihood_is_a_suffix_after_its_prompt()
    {
        using var model = TinyModels.Create();
        var (prompts, answers) = (TinyModels.Prompts(5, 2, 6), TinyModels.Prompts(5, 1, 5, seed: 6));
        var direct = ResponseLogLikelihood.Of(model, prompts, answers, padId: 0, batchSize: 2);

        for (var i = 0; i < 5; i++) Assert.Equal(SuffixLogLikelihood.Of(model, prompts[i..(i + 1)], answers[i..(i + 1)])[0, 0], direct[i], 1e-5);
    }

    [Fact]
    public void The_first_position_logit_reads_one_row_without_softmax()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyModels.Create();
        int[] prefix = [3, 4, 5], followUp = [7, 8, 9, 8];
        var row = model.Forward(tensor([3L, 4, 5, 7], [1, 4]))[0, 3];
        var expected = (row[7] + row[8] * 2 + row[9]).item<float>() / 4;

        Assert.Equal(expected, FirstPositionLogit.Of(model, [prefix, [1]], [followUp])[0, 0], 1e-5);
        Assert.Equal(row[2].item<float>(), FirstPositionLogit.Of(model, [prefix], [followUp], [[2]])[0, 0], 1e-5);
    }

    [Fact]
    public void What_cannot_be_scored_is_named()
    {
        using var model = TinyModels.Create();
        Assert.Contains("row 1 is empty", Assert.Throws<ArgumentException>(() => SuffixLogLikelihood.Of(model, [[1]], [[1], []])).Message, StringComparison.Ordinal);
        Assert.Contains("42 tokens together, the model has 40 positions", Assert.Throws<ArgumentException>(() => SuffixLogLikelihood.Of(model, [new int[39]], [[1, 2, 3]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ResponseLogLikelihood.Of(model, [[1]], [[]], padId: 0));
    }
}
