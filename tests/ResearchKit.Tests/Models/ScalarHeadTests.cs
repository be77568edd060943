using ResearchKit.Models;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

public sealed class ScalarHeadTests
{
    [Fact]
    public void The_reward_is_the_value_at_the_last_real_token_on_either_side_of_the_padding()
    {
        using var scope = NewDisposeScope();
        using var model = Create();
        var ids = TinyModels.Ids(3, 7);
        var mask = tensor([1L, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [3, 7]);
        var rewards = model.Rewards(ids, mask);
        var values = model.Values(ids, mask);

        Assert.Equal([3], rewards.shape);
        Assert.Equal([3, 7], values.shape);
        Assert.Equal(values[0, 2].item<float>(), rewards[0].item<float>(), 1e-6);
        Assert.Equal(values[1, 6].item<float>(), rewards[1].item<float>(), 1e-6);
        Assert.Equal(values[2, 6].item<float>(), rewards[2].item<float>(), 1e-6);
        Assert.Equal(model.Rewards(ids[2..3]).item<float>(), rewards[2].item<float>(), 1e-5);
        Assert.Equal(model.Rewards(ids[1..2, 3..]).item<float>(), rewards[1].item<float>(), 1e-5);
    }

    [Fact]
    public void Head_and_body_train_together()
    {
        using var scope = NewDisposeScope();
        using var model = Create();
        model.Rewards(TinyModels.Ids(2, 5)).sum().backward();

        Assert.Contains("head.score.weight", model.named_parameters().Select(item => item.name));
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void A_copy_rewards_alike_and_a_frozen_one_does_not_train()
    {
        using var scope = NewDisposeScope();
        using var model = Create();
        using var copy = model.Copy();
        using var frozen = model.FrozenCopy();
        var before = model.Rewards(TinyModels.Ids(2, 5));
        using (no_grad()) foreach (var parameter in model.parameters()) parameter.add_(1);

        Assert.True(TinyModels.SameBits(before, copy.Rewards(TinyModels.Ids(2, 5))));
        Assert.True(TinyModels.SameBits(before, frozen.Rewards(TinyModels.Ids(2, 5))));
        Assert.All(copy.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.All(frozen.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    private static RewardModel Create()
    {
        using var generator = new RandomStreams(1).Generator("head");
        return new RewardModel(TinyModels.Create(), ScalarHead.Create(24, generator));
    }
}
