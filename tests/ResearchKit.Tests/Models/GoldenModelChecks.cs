using System.Text.Json;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

/// <summary>Compares one model with its recorded cases.</summary>
internal sealed class GoldenModelChecks(CausalLM model, JsonElement tolerance)
{
    internal List<string> Failures { get; } = [];

    internal int Compared { get; private set; }

    internal void Run(JsonElement recorded)
    {
        using var scope = NewDisposeScope();
        var name = recorded.GetProperty("name").GetString()!;
        if (name.StartsWith("generate", StringComparison.Ordinal)) Generate(name, recorded);
        else Forward(name, recorded);
    }

    private double Tolerance(string name) => tolerance.GetProperty(name).GetDouble();

    private void Forward(string name, JsonElement recorded)
    {
        var ids = GoldenModelFolder.Ids(recorded.GetProperty("input_ids"));
        var mask = GoldenModelFolder.Ids(recorded.GetProperty("attention_mask"));
        var labels = GoldenModelFolder.Ids(recorded.GetProperty("labels"));
        var real = mask.ne(0);
        model.zero_grad();
        var logits = model.Forward(ids, mask);
        Near($"{name} logits", logits[real], GoldenModelFolder.Numbers(recorded.GetProperty("logits"))[real], Tolerance("logits_atol"));
        Assert.False(logits.isnan().any().item<bool>(), $"{name}: padded rows hold NaN");
        if (mask.gather(1, zeros_like(mask)).ne(0).all().item<bool>())
            Near($"{name} logits without mask", model.Forward(ids)[real], GoldenModelFolder.Numbers(recorded.GetProperty("logits"))[real], Tolerance("logits_atol"));
        if (recorded.TryGetProperty("hidden_last", out var hidden))
            Near($"{name} hidden", model.Hidden(ids, mask)[real], GoldenModelFolder.Numbers(hidden)[real], Tolerance("logits_atol"));

        var loss = nn.functional.cross_entropy(logits[.., ..^1].reshape(-1, logits.shape[2]), labels[.., 1..].reshape(-1), ignore_index: -100);
        Near($"{name} loss", loss, tensor(recorded.GetProperty("loss").GetSingle()), Tolerance("loss_atol"));
        loss.backward();
        Gradients(name, recorded.GetProperty("grads"));
    }

    private void Gradients(string name, JsonElement recorded)
    {
        var gradients = model.named_parameters().ToDictionary(item => item.name, item => item.parameter.grad!);
        var norms = recorded.GetProperty("norms").EnumerateObject().ToList();
        Assert.Equal(norms.Select(item => item.Name).Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        foreach (var norm in norms)
            Near($"{name} gradient norm of {norm.Name}", gradients[norm.Name].norm(), tensor(norm.Value.GetSingle()), Tolerance("grads_atol"), Tolerance("grads_rtol"));
        foreach (var full in recorded.GetProperty("full").EnumerateObject())
            Near($"{name} gradient of {full.Name}", gradients[full.Name], GoldenModelFolder.Numbers(full.Value), Tolerance("grads_atol"), Tolerance("grads_rtol"));
    }

    private void Generate(string name, JsonElement recorded)
    {
        var (rows, masks) = (GoldenModelFolder.Rows(recorded.GetProperty("input_ids")), GoldenModelFolder.Rows(recorded.GetProperty("attention_mask")));
        var expected = GoldenModelFolder.Rows(recorded.GetProperty("greedy"));
        int[][] prompts = [.. rows.Select((row, r) => row.Where((_, t) => masks[r][t] == 1).ToArray())];
        var options = new SamplingOptions { Temperature = 0, MaxNewTokens = recorded.GetProperty("new_tokens").GetInt32() };
        var cached = Sampler.Sample(model, prompts, options, null);
        for (var r = 0; r < rows.Length; r++)
        {
            Same($"{name} row {r} with cache", cached[r].Tokens, expected[r]);
            Same($"{name} row {r} without cache", Uncached(prompts[r], options.MaxNewTokens), expected[r]);
        }
        if (!recorded.TryGetProperty("full_sequence_logits", out var logits)) return;
        var whole = tensor(prompts[0].Concat(expected[0]).Select(id => (long)id).ToArray()).unsqueeze(0);
        Near($"{name} full sequence", model.Forward(whole).detach(), GoldenModelFolder.Numbers(logits).view(1, whole.shape[1], -1), Tolerance("logits_atol"));
    }

    private int[] Uncached(int[] prompt, int count)
    {
        using var noGrad = no_grad();
        List<long> all = [.. prompt];
        for (var i = 0; i < count; i++) all.Add(model.Forward(tensor(all.ToArray()).unsqueeze(0))[0, -1].argmax().item<long>());
        return [.. all.Skip(prompt.Length).Select(id => (int)id)];
    }

    private void Same(string what, int[] found, int[] expected)
    {
        Compared++;
        if (!found.SequenceEqual(expected)) Failures.Add($"{what}: found {string.Join(' ', found)}, expected {string.Join(' ', expected)}");
    }

    private void Near(string what, Tensor found, Tensor expected, double absolute, double relative = 0)
    {
        Compared++;
        Assert.Equal(expected.shape, found.shape);
        var difference = (found.detach() - expected).abs();
        var allowed = (expected.abs() * relative).clamp_min(absolute); // the file: absolute or relative, whichever is wider
        if (!difference.le(allowed).all().item<bool>()) Failures.Add($"{what}: off by up to {difference.max().item<float>():g3}");
    }
}
