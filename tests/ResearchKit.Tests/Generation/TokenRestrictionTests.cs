using ResearchKit.Generation;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class TokenRestrictionTests
{
    [Fact]
    public void One_place_and_all_places_are_cut_alike()
    {
        using var scope = NewDisposeScope();
        var restriction = new TokenRestriction([2, 5], null, [0]);
        var logits = TinyModels.Ids(3, 4 * 9).to_type(ScalarType.Float32).view(3, 4, 9);
        var all = restriction.Apply(logits);

        for (var place = 0; place < 4; place++) Assert.True(all[.., place].Equals(restriction.Apply(logits[.., place], place)));
        Assert.Equal([2, 9, 1, 9], all.gt(finfo(ScalarType.Float32).min).sum(-1)[0].data<long>().ToArray());
        Assert.Equal(1, all.softmax(-1)[1, 2, 0].item<float>());
    }

    [Fact]
    public void Greedy_drawing_takes_the_likeliest_of_what_is_allowed()
    {
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(5, 1, 4);
        var free = Sampler.Sample(model, prompts, new SamplingOptions { Temperature = 0, MaxNewTokens = 1 }, null);
        foreach (var (prompt, completion) in prompts.Zip(free))
        {
            int[] others = [.. Enumerable.Range(0, 31).Where(id => id != completion.Tokens[0])];
            var options = new SamplingOptions { Temperature = 0, MaxNewTokens = 1, Restriction = new TokenRestriction([others]) };
            var second = Sampler.Sample(model, [prompt], options, null)[0].Tokens[0];

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var logits = model.Forward(tensor(prompt.Select(id => (long)id).ToArray()).unsqueeze(0))[0, -1];
            Assert.Equal(logits.topk(2).indexes[1].item<long>(), second);
        }
    }

    [Fact]
    public void A_single_allowed_token_is_always_drawn()
    {
        using var model = TinyModels.Create();
        using var generator = new RandomStreams(1).Generator("sample");
        var options = new SamplingOptions { MaxNewTokens = 4, Restriction = new TokenRestriction(null, [17], null, [3]) };

        Assert.All(Sampler.Sample(model, TinyModels.Prompts(8, 1, 4), options, generator), completion =>
        {
            Assert.Equal(17, completion.Tokens[1]);
            Assert.Equal(3, completion.Tokens[3]);
        });
    }

    [Fact]
    public void Places_without_a_token_and_ids_the_model_lacks_are_refused()
    {
        Assert.Contains("Place 1 of the answer allows no token", Assert.Throws<GenerationException>(() => new TokenRestriction([1], [])).Message, StringComparison.Ordinal);
        Assert.Contains("id -2", Assert.Throws<GenerationException>(() => new TokenRestriction([1, -2])).Message, StringComparison.Ordinal);
        Assert.Contains("ids are 0 to 8", Assert.Throws<GenerationException>(() => new TokenRestriction([[9]]).Apply(zeros(1, 9), 0)).Message, StringComparison.Ordinal);
    }
}
