using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Tests.Models;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

/// <summary>A batch in parts, a thread each, against the whole batch: loss and gradients.</summary>
public sealed class SplitBackwardTests
{
    private static readonly TokenizedPair[] Pairs = [new([1, 5, 9], [7, 2], [8, 9, 2]), new([1, 6], [3, 3, 2], [2]), new([4, 4], [4, 2], [10, 11, 5]), new([3], [1], [2, 2])];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Parts_give_the_loss_and_the_gradients_of_the_batch(int parts)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        Parameter[] parameters = [.. model.parameters()];
        foreach (var parameter in parameters) parameter.grad = ones_like(parameter); // of an earlier batch, to be added to
        var whole = Loss(model, Pairs);
        whole.backward();
        Tensor[] expected = [.. parameters.Select(parameter => parameter.grad!.clone())];

        foreach (var parameter in parameters) parameter.grad = ones_like(parameter);
        var loss = SplitBackward.Run([.. Pairs.Chunk(Pairs.Length / parts)], parameters, part => Loss(model, part));

        Assert.Equal(whole.item<float>(), loss, 2e-6);
        foreach (var (parameter, gradient) in parameters.Zip(expected)) Assert.InRange(TinyModels.Distance(gradient, parameter.grad!), 0, 2e-6);
    }

    [Fact]
    public void The_same_parts_give_the_same_bits()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        Parameter[] parameters = [.. model.parameters()];
        Tensor[] Gradients()
        {
            foreach (var parameter in parameters) parameter.grad = null;
            SplitBackward.Run([.. Pairs.Chunk(1)], parameters, part => Loss(model, part));
            return [.. parameters.Select(parameter => parameter.grad!.clone())];
        }
        var first = Gradients();
        for (var again = 0; again < 5; again++)
            foreach (var (expected, found) in first.Zip(Gradients())) Assert.Equal(0, TinyModels.Distance(expected, found));
    }

    [Fact]
    public void What_a_loss_does_not_depend_on_or_does_not_train_gets_no_gradient_and_nothing_leaks()
    {
        using var scope = NewDisposeScope();
        using Parameter used = new(ones(2)), unused = new(ones(2)), frozen = new(ones(2), requires_grad: false);
        SplitBackward.Run([1, 2], [used, unused, frozen], part => (used * frozen * part).sum());
        Assert.Equal(3, used.grad![0].item<float>());
        Assert.True(unused.grad is null && frozen.grad is null);
    }

    [Fact]
    public void A_part_that_fails_is_named_and_changes_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(ones(2));
        var error = Assert.Throws<TrainingException>(() => SplitBackward.Run([0, 1], [parameter], part => part == 0 ? parameter.sum() : throw new InvalidOperationException("no such row")));
        Assert.Contains("part 1 of 2: no such row", error.Message, StringComparison.Ordinal);
        Assert.Null(parameter.grad);
        Assert.Contains("a scalar that depends on the parameters", Assert.Throws<TrainingException>(() => SplitBackward.Run([0], [parameter], _ => ones(1).sum())).Message, StringComparison.Ordinal);
    }

    private static Tensor Loss(CausalLM model, TokenizedPair[] pairs)
    {
        using var batch = PairBatch.Collate(pairs, padId: 0);
        var sums = LogProbs.Sum(LogProbs.PerToken(model.Forward(batch.Ids), batch.Ids), batch.CompletionMask[.., 1..]);
        return -nn.functional.logsigmoid(sums[..pairs.Length] - sums[pairs.Length..]).sum() / (double)Pairs.Length;
    }
}
