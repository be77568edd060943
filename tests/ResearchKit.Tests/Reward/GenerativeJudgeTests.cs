using ResearchKit.Reward;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class GenerativeJudgeTests
{
    private const int A = 7, B = 9;

    [Fact]
    public void Exchanging_the_answers_turns_the_probability_round_and_leaves_the_bias()
    {
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(6, 3, 8).Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
        var judge = GenerativeJudge.Of(model, prompts, A, B, padId: 0, batchSize: 3);
        var turned = GenerativeJudge.Of(model, [.. prompts.Select(pair => (pair.Item2, pair.Item1))], A, B, padId: 0);

        for (var i = 0; i < 3; i++) Assert.Equal(1, judge.FirstPreferred[i] + turned.FirstPreferred[i], 1e-6);
        Assert.Equal(judge.PositionBias, turned.PositionBias, 1e-6);
        Assert.InRange(judge.VerdictMass, 0, 1);
    }

    [Fact]
    public void A_judge_that_sees_no_difference_has_one_half_whatever_its_liking_for_a_place()
    {
        using var noGrad = no_grad();
        using var model = TinyModels.Create();
        int[] prompt = [3, 4, 5];
        var judge = GenerativeJudge.Of(model, [(prompt, prompt)], A, B, padId: 0);
        using var p = model.Forward(tensor([3L, 4, 5], [1, 3]))[0, 2].softmax(-1);
        var (a, b) = (p[A].item<float>(), p[B].item<float>());

        Assert.Equal([0.5], judge.FirstPreferred);
        Assert.Equal(a / (a + b) - 0.5, judge.PositionBias, 1e-5);
        Assert.Equal(a + b, judge.VerdictMass, 1e-5);
        Assert.Throws<ArgumentException>(() => GenerativeJudge.Of(model, [(prompt, prompt)], A, A, padId: 0));
    }
}
