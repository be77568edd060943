using ResearchKit.Generation;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class FirstTokenProbabilityTests
{
    [Fact]
    public void Equals_the_softmax_after_each_prompt_whatever_the_padding_and_the_batch()
    {
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(7, shortest: 1, longest: 6);

        var found = FirstTokenProbability.Of(model, prompts, [4, 9], padId: 0, batchSize: 3);

        using var noGrad = no_grad();
        for (var i = 0; i < prompts.Length; i++)
        {
            using var scope = NewDisposeScope();
            var logits = model.Forward(tensor(prompts[i].Select(id => (long)id).ToArray(), [1, prompts[i].Length]));
            var p = logits[0, -1].to(ScalarType.Float64).softmax(-1);
            Assert.Equal((p[4] + p[9]).item<double>(), found[i], 6);
        }
    }

    [Fact]
    public void All_tokens_together_have_probability_one()
    {
        using var model = TinyModels.Create();

        var found = FirstTokenProbability.Of(model, [[1, 2, 3]], [.. Enumerable.Range(0, 31)], padId: 0);

        Assert.Equal(1, found[0], 9);
    }
}
