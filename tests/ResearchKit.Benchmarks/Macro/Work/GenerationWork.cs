using ResearchKit.Checkpoints;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>64 greedy tokens after 16 prompts, with the key-value cache and by computing every prefix again.</summary>
internal sealed class GenerationWork : IDisposable
{
    internal const int Rows = 16, Prompt = 48, NewTokens = 64;
    private readonly CausalLM model = Shapes.Model(Shapes.Policy, "init");
    private readonly int[][] prompts = Shapes.RandomPrompts(Rows, Prompt);

    internal int[][] Cached() =>
        [.. Sampler.Sample(model, prompts, new SamplingOptions { Temperature = 0, MaxNewTokens = NewTokens }, null).Select(completion => completion.Tokens)];

    internal int[][] Uncached()
    {
        using var noGrad = no_grad();
        using var outer = NewDisposeScope();
        var ids = tensor(prompts.SelectMany(prompt => prompt).Select(id => (long)id).ToArray(), [Rows, Prompt]);
        for (var step = 0; step < NewTokens; step++)
        {
            using var scope = NewDisposeScope();
            var hidden = model.Hidden(ids);
            var next = model.Logits(hidden.select(1, hidden.shape[1] - 1)).argmax(1);
            ids = cat([ids, next.unsqueeze(1)], 1).MoveToOuterDisposeScope();
        }
        var written = ids.narrow(1, Prompt, NewTokens).contiguous().data<long>().ToArray();
        return [.. written.Chunk(NewTokens).Select(row => row.Select(id => (int)id).ToArray())];
    }

    /// <summary>A number of all tokens and their places, exact.</summary>
    internal static double Checksum(int[][] rows) => rows.SelectMany((row, i) => row.Select((id, j) => (double)id * (1 + i * NewTokens + j))).Sum();

    /// <summary>Model and prompts for another language.</summary>
    internal void Write(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["ids"] = tensor(prompts.SelectMany(prompt => prompt).Select(id => (long)id).ToArray(), [Rows, Prompt]),
            ["heads"] = tensor((long)Shapes.Policy.Heads),
            ["tokens"] = tensor((long)NewTokens),
        };
        foreach (var (name, parameter) in model.named_parameters()) tensors[$"policy.{name}"] = parameter;
        SafeTensorsWriter.Write(path, tensors);
    }

    public void Dispose() => model.Dispose();
}
