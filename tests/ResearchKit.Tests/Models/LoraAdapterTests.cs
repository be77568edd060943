using ResearchKit.Models;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

public sealed class LoraAdapterTests
{
    [Theory]
    [InlineData(ModelFamily.Gpt2, "c_attn", "c_proj")]
    [InlineData(ModelFamily.Llama, "q_proj", "v_proj")]
    public void Merging_gives_the_same_logits_and_unloading_the_base_bit_for_bit(ModelFamily family, params string[] targets)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(family);
        var ids = TinyModels.Ids(2, 8);
        var names = model.named_parameters().Select(item => item.name).ToList();
        var weights = model.named_parameters().Select(item => item.parameter.clone()).ToList();
        var baseLogits = model.Forward(ids);
        var adapter = Attach(model, targets);

        Assert.True(TinyModels.SameBits(baseLogits, model.Forward(ids)), "a fresh adapter changes nothing");

        Train(model, ids);
        var adapted = model.Forward(ids);
        Assert.True(TinyModels.Distance(adapted, baseLogits) > 1e-2);
        using (adapter.Disabled()) Assert.True(TinyModels.SameBits(baseLogits, model.Forward(ids)));

        adapter.Merge();
        Assert.True(TinyModels.Distance(adapted, model.Forward(ids)) < 1e-5);
        adapter.Unmerge();
        Assert.True(TinyModels.SameBits(adapted, model.Forward(ids)));
        adapter.Merge();
        adapter.Unload();
        Assert.Equal(names, model.named_parameters().Select(item => item.name));
        Assert.All(model.named_parameters().Zip(weights), pair => Assert.True(TinyModels.SameBits(pair.First.parameter, pair.Second)));
        Assert.True(TinyModels.SameBits(baseLogits, model.Forward(ids)));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.Null(model.Adapter);
    }

    [Fact]
    public void Only_the_adapter_trains()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Llama);
        var before = model.named_parameters().ToDictionary(item => item.name, item => item.parameter.clone());
        var adapter = Attach(model, "q_proj", "v_proj");
        Train(model, TinyModels.Ids(2, 8));

        Assert.All(model.named_parameters(), item => Assert.Equal(item.name.Contains("lora_", StringComparison.Ordinal), item.parameter.requires_grad));
        Assert.All(before, item => Assert.True(TinyModels.SameBits(item.Value, model.get_parameter(item.Key)!)));
        Assert.Equal(8, adapter.Parameters().Count());
        Assert.All(adapter.Parameters(), item => Assert.NotEqual(0f, item.Parameter.abs().sum().item<float>()));
        Assert.Equal(["model.layers.0.self_attn.q_proj.lora_A.weight", "model.layers.0.self_attn.q_proj.lora_B.weight"], adapter.Parameters().Take(2).Select(item => item.Name));
    }

    [Fact]
    public void A_copy_carries_the_adapter()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Llama);
        Attach(model, "q_proj");
        var ids = TinyModels.Ids(2, 8);
        Train(model, ids);
        using var copy = model.Copy();
        using var frozen = model.FrozenCopy();

        Assert.True(TinyModels.SameBits(model.Forward(ids), copy.Forward(ids)));
        Assert.True(TinyModels.SameBits(model.Forward(ids), frozen.Forward(ids)));
        Assert.NotNull(copy.Adapter);
        Assert.All(frozen.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void A_target_that_matches_nothing_is_named()
    {
        using var model = TinyModels.Create();

        var error = Assert.Throws<ModelException>(() => Attach(model, "q_proj"));

        Assert.Contains("'q_proj'", error.Message, StringComparison.Ordinal);
        Assert.Contains("c_attn", error.Message, StringComparison.Ordinal);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_second_adapter_is_refused()
    {
        using var model = TinyModels.Create();
        Attach(model, "c_attn");

        Assert.Throws<ModelException>(() => Attach(model, "c_attn"));
    }

    internal static LoraAdapter Attach(CausalLM model, params string[] targets)
    {
        using var generator = new RandomStreams(2).Generator("lora");
        return LoraAdapter.Attach(model, new LoraOptions { Rank = 4, Alpha = 8, TargetModules = targets }, generator);
    }

    internal static void Train(CausalLM model, Tensor ids)
    {
        using var optimizer = optim.SGD(model.parameters().Where(parameter => parameter.requires_grad), 0.5);
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.Forward(ids).reshape(-1, 31), ids.reshape(-1)).backward();
            optimizer.step();
        }
    }
}
