using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class SamplerTests
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0, MaxNewTokens = 12 };

    public static IEnumerable<TheoryDataRow<ModelFamily>> Families() => TinyModels.Families.Select(family => new TheoryDataRow<ModelFamily>(family));

    [Theory]
    [MemberData(nameof(Families))]
    public void A_ragged_batch_gives_what_each_prompt_gives_alone_and_what_no_cache_gives(ModelFamily family)
    {
        using var model = TinyModels.Create(family);
        var prompts = TinyModels.Prompts(9, shortest: 1, longest: 11);
        var together = Sampler.Sample(model, prompts, Greedy, null);

        for (var i = 0; i < prompts.Length; i++)
        {
            var alone = Sampler.Sample(model, [prompts[i]], Greedy, null)[0];
            Assert.Same(prompts[i], together[i].Prompt);
            Assert.Equal(alone.Tokens, together[i].Tokens);
            Assert.Equal(alone.LogProb, together[i].LogProb, 1e-4);
            Assert.Equal(WithoutCache(model, prompts[i], Greedy.MaxNewTokens), alone.Tokens);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_seed_others()
    {
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(6, 2, 5);
        var options = new SamplingOptions { MaxNewTokens = 10, StopTokens = [3, 4] };
        var first = Draw(model, prompts, options, seed: 1);

        Assert.Equal(first.Select(one => one.Tokens), Draw(model, prompts, options, seed: 1).Select(one => one.Tokens));
        Assert.Equal(first.Select(one => one.LogProb), Draw(model, prompts, options, seed: 1).Select(one => one.LogProb));
        Assert.NotEqual(first.Select(one => one.Tokens), Draw(model, prompts, options, seed: 2).Select(one => one.Tokens));
        Assert.Equal(first[0].Tokens, Draw(model, prompts[..1], options, seed: 1)[0].Tokens);
    }

    [Fact]
    public void The_log_probability_is_the_untempered_models()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(ModelFamily.Llama);
        var prompts = TinyModels.Prompts(5, 1, 6);
        foreach (var completion in Draw(model, prompts, new SamplingOptions { MaxNewTokens = 9, Temperature = 0.6, TopK = 8, TopP = 0.9 }, seed: 4))
        {
            var ids = tensor(completion.Prompt.Concat(completion.Tokens).Select(id => (long)id).ToArray()).unsqueeze(0);
            var perToken = LogProbs.PerToken(model.Forward(ids), ids).detach();

            Assert.Equal(perToken[0, (completion.Prompt.Length - 1)..].sum().item<float>(), completion.LogProb, 1e-3);
        }
    }

    [Fact]
    public void A_stop_token_ends_its_row_and_no_other()
    {
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(20, 3, 6);
        var free = Sampler.Sample(model, prompts, Greedy, null);
        var stop = free[0].Tokens[2];
        var stopped = Sampler.Sample(model, prompts, Greedy with { StopTokens = [stop] }, null);

        foreach (var (whole, cut) in free.Zip(stopped))
        {
            var at = Array.IndexOf(whole.Tokens, stop);
            Assert.Equal(at >= 0, cut.Finished);
            Assert.Equal(at >= 0 ? whole.Tokens[..(at + 1)] : whole.Tokens, cut.Tokens);
        }
        Assert.Contains(stopped, one => one.Finished);
        Assert.Contains(stopped, one => !one.Finished);
    }

    [Fact]
    public void Finished_rows_are_no_longer_computed()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        var prompts = TinyModels.Prompts(20, 3, 6);
        var options = Greedy with { StopTokens = [.. Enumerable.Range(0, 8)] };
        using var batch = new SamplingBatch(model, prompts, options, null);
        var rows = new List<int> { batch.ActiveRows };
        while (batch.Step()) rows.Add(batch.ActiveRows);

        Assert.Equal(20, rows[0]);
        Assert.True(rows[^1] < 20);
        for (var step = 0; step < rows.Count; step++)
            Assert.Equal(batch.Completions().Count(one => one.Tokens.Length > step), rows[step]);
    }

    [Fact]
    public void Frequencies_of_sampled_tokens_follow_the_models_distribution()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create();
        const int count = 4000;
        var prompt = TinyModels.Prompts(1, 4, 4)[0];
        var counts = new double[31];
        foreach (var one in Draw(model, Enumerable.Repeat(prompt, count).ToArray(), new SamplingOptions { MaxNewTokens = 1 }, seed: 6)) counts[one.Tokens[0]]++;
        var expected = model.Forward(tensor(prompt.Select(id => (long)id).ToArray()).unsqueeze(0))[0, -1].softmax(0).detach();

        for (var token = 0; token < 31; token++)
        {
            var p = expected[token].item<float>();
            Assert.True(Math.Abs(counts[token] / count - p) < 5 * Math.Sqrt(p * (1 - p) / count) + 1e-4, $"token {token}: {counts[token] / count} for {p}");
        }
    }

    [Fact]
    public void A_cancelled_request_stops()
    {
        using var model = TinyModels.Create();

        Assert.Throws<OperationCanceledException>(() => Sampler.Sample(model, TinyModels.Prompts(2, 2, 2), Greedy, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Repeated_generation_leaves_no_tensor_behind()
    {
        using var model = TinyModels.Create(ModelFamily.Llama);
        var prompts = TinyModels.Prompts(6, 1, 5);
        var options = new SamplingOptions { MaxNewTokens = 6, TopP = 0.9, StopTokens = [1, 2, 3] };
        Draw(model, prompts, options, seed: 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 30; i++) Draw(model, prompts, options, seed: i);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void No_prompts_give_no_completions()
    {
        using var model = TinyModels.Create();

        Assert.Empty(Sampler.Sample(model, [], Greedy, null));
    }

    [Fact]
    public void What_cannot_be_generated_is_refused_by_name()
    {
        using var model = TinyModels.Create();

        Refused("40 positions", [[1], new int[29]], Greedy);
        Refused("Prompt 1 is empty", [[1], []], Greedy);
        Refused("token id 31", [[1, 31]], Greedy);
        Refused("generator", [[1]], new SamplingOptions { MaxNewTokens = 2 });
        Refused("Temperature", [[1]], Greedy with { Temperature = -1 });
        Refused("TopK", [[1]], Greedy with { TopK = -1 });
        Refused("TopP", [[1]], Greedy with { TopP = 0 });
        Refused("MaxNewTokens", [[1]], Greedy with { MaxNewTokens = 0 });
        Assert.Equal(12, Sampler.Sample(model, [new int[28]], Greedy, null)[0].Tokens.Length);

        void Refused(string expected, int[][] prompts, SamplingOptions options) =>
            Assert.Contains(expected, Assert.Throws<GenerationException>(() => Sampler.Sample(model, prompts, options, null)).Message, StringComparison.Ordinal);
    }

    internal static IReadOnlyList<Completion> Draw(CausalLM model, int[][] prompts, SamplingOptions options, long seed)
    {
        using var generator = new RandomStreams(seed).Generator("sampling");
        return Sampler.Sample(model, prompts, options, generator);
    }

    private static int[] WithoutCache(CausalLM model, int[] prompt, int count)
    {
        using var noGrad = no_grad();
        List<long> all = [.. prompt];
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            all.Add(model.Forward(tensor(all.ToArray()).unsqueeze(0))[0, -1].argmax().item<long>());
        }
        return [.. all.Skip(prompt.Length).Select(id => (int)id)];
    }
}
