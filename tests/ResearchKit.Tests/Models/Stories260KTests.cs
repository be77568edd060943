using System.Text.Json;
using ResearchKit.Checkpoints;
using ResearchKit.Generation;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

/// <summary>A real trained checkpoint (karpathy's stories260K) against numbers recorded from its own C code.</summary>
public sealed class Stories260KTests
{
    [Fact]
    public void Golden_stories260K_logits_and_log_probabilities_agree()
    {
        var (folder, golden) = Read();
        using var scope = NewDisposeScope();
        using var loaded = ModelFolder.Load(folder);
        foreach (var recorded in golden.GetProperty("logits").EnumerateArray())
        {
            var ids = tensor(recorded.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64()).ToArray()).unsqueeze(0);
            var expected = tensor(recorded.GetProperty("last_logits").EnumerateArray().Select(number => number.GetSingle()).ToArray());
            var logits = loaded.Model.Forward(ids).detach();

            Assert.True(TinyModels.Distance(logits[0, -1], expected) < 1e-4);
            Assert.Equal(recorded.GetProperty("sum_logprob").GetDouble(), LogProbs.PerToken(logits, ids).sum().item<float>(), 1e-3);
        }
    }

    [Fact]
    public void Golden_stories260K_greedy_continuation_agrees_token_for_token()
    {
        var (folder, golden) = Read();
        using var loaded = ModelFolder.Load(folder);
        var expected = golden.GetProperty("greedy").GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        var prompt = golden.GetProperty("logits")[0].GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        var options = new SamplingOptions { Temperature = 0, MaxNewTokens = expected.Length - prompt.Length };

        Assert.Equal(expected[..prompt.Length], prompt);
        Assert.Equal(expected[prompt.Length..], Sampler.Sample(loaded.Model, [prompt], options, null)[0].Tokens);
    }

    private static (string Folder, JsonElement Golden) Read()
    {
        var folder = Checkout.Shared("models/stories260K");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        return (folder, document.RootElement.Clone());
    }
}
