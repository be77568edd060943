using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class SampleDriftTests
{
    [Fact]
    public void A_policy_equal_to_its_reference_has_not_drifted()
    {
        var (model, samples) = Sampled();
        using var reference = model.FrozenCopy();

        var drift = SampleDrift.Measure(model, reference, samples, 0);

        Assert.All(drift.Kl, kl => Assert.Equal(0, kl, 1e-6));
        // N(0, 0.02) weights: next-token distributions are near uniform over 12 words.
        Assert.All(drift.Entropy, entropy => Assert.InRange(entropy, Math.Log(12) - 0.1, Math.Log(12)));
        Assert.All(samples.Zip(drift.ReferenceLogProb), pair => Assert.Equal(pair.First.LogProb / pair.First.Tokens.Length, pair.Second, 1e-5));
    }

    [Fact]
    public void The_mean_exact_kl_agrees_with_the_samples_own_log_ratio()
    {
        var (model, _) = Sampled();
        using var reference = model.FrozenCopy();
        using (no_grad())
        {
            using var noise = new RandomStreams(5).Generator("noise");
            foreach (var parameter in model.parameters())
            {
                using var step = randn(parameter.shape, generator: noise).mul_(0.1);
                parameter.add_(step);
            }
        }
        using var generator = new RandomStreams(6).Generator("samples");
        var samples = Sampler.Sample(model, [.. Enumerable.Repeat(new[] { 1, 5 }, 4000)], new SamplingOptions { MaxNewTokens = 5 }, generator);

        var drift = SampleDrift.Measure(model, reference, samples, 0);

        // Both are unbiased for the same KL; the plain estimate is the noisier one.
        var plain = samples.Zip(drift.ReferenceLogProb, (sample, frozen) => sample.LogProb - frozen * sample.Tokens.Length).ToArray();
        var error = 4 * Math.Sqrt(plain.Select(x => x * x).Average() / plain.Length);
        Assert.True(drift.Kl.Average() > 0.01);
        Assert.Equal(plain.Average(), drift.Kl.Average(), error);
    }

    private static (CausalLM Model, IReadOnlyList<Completion> Samples) Sampled()
    {
        using var init = new RandomStreams(3).Generator("init");
        var model = CausalLM.Create(ModelConfig.Tiny(12, 8, 1, 2, 8), init);
        using var generator = new RandomStreams(4).Generator("samples");
        return (model, Sampler.Sample(model, [[1], [1, 5, 7]], new SamplingOptions { MaxNewTokens = 5 }, generator));
    }
}
