using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class NextTokenLossTests
{
    [Fact]
    public void It_is_the_cross_entropy_of_answer_tokens_whatever_the_padding()
    {
        using var scope = NewDisposeScope();
        var init = new RandomStreams(2).Generator("init");
        var model = CausalLM.Create(ModelConfig.Tiny(12, 8, 1, 2, 8), init);
        int[] prompt = [1, 4], shortAnswer = [7, 2], longAnswer = [9, 3, 8, 2];
        var batch = SequenceBatch.Collate([(prompt, shortAnswer), (prompt, longAnswer)], 0);

        var loss = NextTokenLoss.Compute(model, batch).item<float>();

        Assert.Equal((Alone(shortAnswer) + Alone(longAnswer)) / 2, loss, 1e-5);

        double Alone(int[] answer)
        {
            var ids = tensor(new[] { prompt.Concat(answer).Select(id => (long)id).ToArray() }.SelectMany(x => x).ToArray(), [1, 2 + answer.Length]);
            var logits = model.Forward(ids)[0, 1..^1];
            return nn.functional.cross_entropy(logits, ids[0, 2..]).item<float>();
        }
    }
}
