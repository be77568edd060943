using ResearchKit.Data;
using ResearchKit.Reward;
using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

/// <summary>What the golden cases of family prm do not show.</summary>
public sealed class StepTokensTests
{
    private static readonly WordVocabulary Words = WordVocabulary.Of(["a", "b", ";"]);

    [Fact]
    public void Records_that_do_not_fit_are_refused()
    {
        Assert.Contains("2 steps and 1 labels", Assert.Throws<ArgumentException>(() => StepTokens.Of(new StepwiseRecord("a", ["a", "b"], [true]), Words, ";")).Message, StringComparison.Ordinal);
        Assert.Contains("has no token", Assert.Throws<ArgumentException>(() => StepTokens.Of(new StepwiseRecord("a", ["a"], [true]), Words, "")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ProcessRewardLoss.Compute(zeros(2, 3, 2), zeros(2, 4)));
    }

    [Fact]
    public void A_loss_over_micro_batches_adds_up_to_the_whole_batchs()
    {
        var (logits, labels) = (tensor([1.0, 2, 0, 1, 3, 1], [3, 1, 2]), tensor([1L, 0, 1], [3, 1]));
        var parts = Enumerable.Range(0, 3).Sum(i => ProcessRewardLoss.Compute(logits[i..(i + 1)], labels[i..(i + 1)], items: 3).item<double>());

        Assert.Equal(ProcessRewardLoss.Compute(logits, labels).item<double>(), parts, 1e-12);
    }
}
