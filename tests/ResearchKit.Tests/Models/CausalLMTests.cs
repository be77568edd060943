using ResearchKit.Models;
using ResearchKit.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

public sealed class CausalLMTests
{
    public static IEnumerable<TheoryDataRow<ModelFamily>> Families() => TinyModels.Families.Select(family => new TheoryDataRow<ModelFamily>(family));

    [Theory]
    [MemberData(nameof(Families))]
    public void A_token_sees_nothing_to_its_right(ModelFamily family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(family);
        var ids = TinyModels.Ids(2, 12);
        var changed = ids.clone();
        changed[.., 7..] = 0;

        Assert.True(TinyModels.Distance(model.Forward(ids)[.., ..7], model.Forward(changed)[.., ..7]) < 1e-5);
        Assert.True(TinyModels.Distance(model.Forward(ids)[.., 7..], model.Forward(changed)[.., 7..]) > 1e-2);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Padding_on_either_side_leaves_real_logits_and_is_never_NaN(ModelFamily family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(family);
        var bare = model.Forward(TinyModels.Ids(1, 6));
        foreach (var left in new[] { 0, 3, 9 })
        {
            var ids = cat([full([1, left], 7L), TinyModels.Ids(1, 6), full([1, 9 - left], 7L)], 1);
            var mask = cat([zeros([1, left], ScalarType.Int64), ones([1, 6], ScalarType.Int64), zeros([1, 9 - left], ScalarType.Int64)], 1);
            var logits = model.Forward(ids, mask);

            Assert.True(TinyModels.Distance(logits[.., left..(left + 6)], bare) < 1e-4, $"{left} on the left");
            Assert.False(logits.isnan().any().item<bool>());
        }
    }

    [Fact]
    public void A_row_of_padding_alone_gives_finite_numbers_and_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Llama);
        var mask = tensor([0L, 0, 0, 0, 0, 0, 1, 1], [2, 4]);
        var logits = model.Forward(TinyModels.Ids(2, 4), mask);
        logits[1, 2..].sum().backward();

        Assert.True(logits.isfinite().all().item<bool>());
        Assert.All(model.parameters().Where(parameter => parameter.grad is not null), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Tokens_fed_in_pieces_through_the_cache_give_the_whole_rows_logits(ModelFamily family)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyModels.Create(family);
        var ids = TinyModels.Ids(3, 16);
        var mask = ones([3, 16], ScalarType.Int64);
        mask[0, ..4] = 0;
        mask[1, ..1] = 0;
        foreach (var padded in new[] { false, true })
        {
            var whole = model.Forward(ids, padded ? mask : null);
            using var cache = new KeyValueCache(16);
            var pieces = new List<Tensor>();
            foreach (var (from, to) in new[] { (0, 6), (6, 7), (7, 11), (11, 12), (12, 16) })
                pieces.Add(model.Forward(ids[.., from..to], padded && from == 0 ? mask[.., ..to] : null, cache));
            var real = mask.ne(0);

            Assert.Equal(16, cache.Length);
            Assert.True(TinyModels.Distance(cat(pieces, 1)[real], whole[real]) < 1e-4, $"padded {padded}");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_scaled_as_GPT_2()
    {
        using var scope = NewDisposeScope();
        var config = ModelConfig.Tiny(vocabSize: 500, hidden: 64, layers: 8, heads: 4, maxPositions: 64);
        using var first = Create(3);
        using var second = Create(3);
        using var other = Create(4);
        var weights = first.named_parameters().ToDictionary(item => item.name, item => item.parameter);

        Assert.All(first.named_parameters().Zip(second.named_parameters()), pair => Assert.True(TinyModels.SameBits(pair.First.parameter, pair.Second.parameter)));
        Assert.False(TinyModels.SameBits(first.parameters().First(), other.parameters().First()));
        Assert.Equal(0.02, weights["transformer.wte.weight"].std().item<float>(), 0.0005);
        Assert.Equal(0.02, weights["transformer.h.0.attn.c_attn.weight"].std().item<float>(), 0.001);
        Assert.Equal(0.02 / 4, weights["transformer.h.7.mlp.c_proj.weight"].std().item<float>(), 0.0003);
        Assert.Equal(0.02 / 4, weights["transformer.h.0.attn.c_proj.weight"].std().item<float>(), 0.0003);

        CausalLM Create(long seed)
        {
            using var generator = new RandomStreams(seed).Generator("init");
            return CausalLM.Create(config, generator);
        }
    }

    [Fact]
    public void Named_parameters_stand_in_the_files_order()
    {
        using var model = TinyModels.Create(ModelFamily.Llama);

        Assert.Equal(
            ["model.embed_tokens.weight", "model.layers.0.input_layernorm.weight", "model.layers.0.self_attn.q_proj.weight", "model.layers.0.self_attn.k_proj.weight"],
            model.named_parameters().Select(item => item.name).Take(4));
        Assert.Equal(["model.norm.weight", "lm_head.weight"], model.named_parameters().Select(item => item.name).TakeLast(2));
    }

    [Fact]
    public void A_copy_has_parameters_of_its_own_and_a_frozen_one_does_not_train()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        using var copy = model.Copy();
        using var frozen = model.FrozenCopy();
        var ids = TinyModels.Ids(2, 5);
        var before = model.Forward(ids);
        using (no_grad()) model.parameters().First().add_(1);

        Assert.True(TinyModels.SameBits(copy.Forward(ids), before));
        Assert.True(TinyModels.SameBits(frozen.Forward(ids), before));
        Assert.All(copy.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.All(frozen.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.False(frozen.training);
        Assert.False(frozen.Forward(ids).requires_grad);
    }

    [Fact]
    public void Conversion_to_float64_keeps_names_and_narrows_rounding()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Qwen3);
        var ids = TinyModels.Ids(2, 9);
        var single = model.Forward(ids);
        var names = model.named_parameters().Select(item => item.name).ToList();
        model.to(ScalarType.Float64);
        var wide = model.Forward(ids);

        Assert.Equal(names, model.named_parameters().Select(item => item.name));
        Assert.Equal(ScalarType.Float64, wide.dtype);
        Assert.True(TinyModels.Distance(single.to(ScalarType.Float64), wide.to(ScalarType.Float64)) < 1e-4);
    }

    [Fact]
    public void Training_and_inference_leave_no_tensor_behind()
    {
        using var model = TinyModels.Create(ModelFamily.Llama);
        using var ids = TinyModels.Ids(4, 8);
        using var mask = ones([4, 8], ScalarType.Int64);
        mask.index_put_(tensor(0L), tensor(0L), tensor(0L));
        Step();
        var before = DisposeScopes();
        for (var i = 0; i < 200; i++) Step();

        Assert.Equal(before, DisposeScopes());

        void Step()
        {
            using (NewDisposeScope())
            {
                model.Forward(ids, mask).sum().backward();
                model.zero_grad();
            }
            using (no_grad())
            {
                model.Forward(ids).Dispose();
                model.Hidden(ids, mask).Dispose();
            }
        }

        static long DisposeScopes() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
    }

    [Fact]
    public void Models_copies_and_adapters_free_all_they_made()
    {
        Round();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Round();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        static void Round()
        {
            using var model = TinyModels.Create(ModelFamily.Llama);
            var adapter = LoraAdapterTests.Attach(model, "q_proj", "down_proj");
            using var ids = TinyModels.Ids(2, 6);
            LoraAdapterTests.Train(model, ids);
            adapter.Merge();
            adapter.Unmerge();
            using var copy = model.Copy();
            using var frozen = model.FrozenCopy();
            adapter.Unload();
        }
    }

    [Fact]
    public void Long_padding_on_the_left_is_exact_beyond_a_kernels_block()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new RandomStreams(1).Generator("init");
        using var model = CausalLM.Create(TinyModels.Config(ModelFamily.Llama) with { MaxPositions = 1400, InitializerRange = 0.3 }, generator);
        var ids = cat([full([1, 1300], 7L), TinyModels.Ids(1, 20)], 1);
        var mask = cat([zeros([1, 1300], ScalarType.Int64), ones([1, 20], ScalarType.Int64)], 1);

        Assert.True(TinyModels.Distance(model.Forward(ids, mask)[.., 1300..], model.Forward(TinyModels.Ids(1, 20))) < 1e-4);
    }

    [Fact]
    public void A_model_first_used_in_inference_mode_trains_after()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Llama);
        var ids = TinyModels.Ids(2, 6);
        using (inference_mode()) model.Forward(ids);
        model.Forward(ids).sum().backward();

        Assert.NotNull(model.parameters().First().grad);
    }

    [Fact]
    public void A_step_down_the_gradient_lowers_the_loss()
    {
        using var scope = NewDisposeScope();
        using var generator = new RandomStreams(1).Generator("init");
        using var model = CausalLM.Create(TinyModels.Config(ModelFamily.Gpt2), generator);
        using var optimizer = optim.AdamW(model.parameters(), 1e-2);
        var ids = TinyModels.Ids(4, 10);
        var losses = new List<float>();
        for (var i = 0; i < 40; i++)
        {
            var loss = nn.functional.cross_entropy(model.Forward(ids)[.., ..^1].reshape(-1, 31), ids[.., 1..].reshape(-1));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        Assert.Equal(Math.Log(31), losses[0], 0.2);
        Assert.True(losses[^1] < 1, $"loss {losses[^1]}");
    }

    [Fact]
    public void What_the_model_cannot_take_is_refused_by_name()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        using var cache = new KeyValueCache(8);

        Assert.Contains("40 positions", Assert.Throws<ModelException>(() => model.Forward(TinyModels.Ids(1, 41))).Message, StringComparison.Ordinal);
        Assert.Contains("[2,3]", Assert.Throws<ModelException>(() => model.Forward(TinyModels.Ids(2, 4), ones(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<ModelException>(() => model.Forward(ones(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("no_grad", Assert.Throws<ModelException>(() => model.Forward(TinyModels.Ids(1, 4), null, cache)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 30", Assert.Throws<ModelException>(() => model.Forward(full([1, 2], 31L))).Message, StringComparison.Ordinal);
        using var noGrad = no_grad();
        Assert.Contains("capacity", Assert.Throws<ModelException>(() => model.Forward(TinyModels.Ids(1, 9), null, cache)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heads", "multiple")]
    [InlineData("odd head", "even")]
    [InlineData("layers", "at least 1")]
    [InlineData("epsilon", "above 0")]
    public void A_shape_that_cannot_exist_is_refused(string fault, string expected)
    {
        var good = TinyModels.Config(ModelFamily.Llama);
        var config = fault switch
        {
            "heads" => good with { KeyValueHeads = 3 },
            "odd head" => good with { HeadSize = 7 },
            "layers" => good with { Layers = 0 },
            _ => good with { NormEpsilon = double.NaN },
        };

        Assert.Contains(expected, Assert.Throws<ModelException>(config.Validate).Message, StringComparison.Ordinal);
    }
}
