using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>The rows still being written, their cache and what has been written so far.</summary>
internal sealed class SamplingBatch : IDisposable
{
    private readonly CausalLM model;
    private readonly IReadOnlyList<int[]> prompts;
    private readonly SamplingOptions options;
    private readonly HashSet<int> stops;
    private readonly KeyValueCache cache;
    private readonly List<int>[] written;
    private readonly double[] logProbs;
    private readonly bool[] finished;
    private readonly double[] uniforms; // [N, MaxNewTokens]
    private int[] active;
    private Tensor next; // [B,1], or the padded prompts [B,T] at first
    private Tensor? mask;
    private int step;

    internal SamplingBatch(CausalLM model, IReadOnlyList<int[]> prompts, SamplingOptions options, Generator? generator)
    {
        (this.model, this.prompts, this.options) = (model, prompts, options);
        stops = [.. options.StopTokens];
        written = [.. prompts.Select(_ => new List<int>())];
        logProbs = new double[prompts.Count];
        finished = new bool[prompts.Count];
        active = [.. Enumerable.Range(0, prompts.Count)];
        uniforms = options.Temperature > 0 ? Uniforms(generator!, prompts.Count * options.MaxNewTokens) : [];
        (next, mask) = PadLeft();
        cache = new KeyValueCache((int)next.shape[1] + options.MaxNewTokens - 1);
    }

    /// <summary>Rows that are still computed.</summary>
    internal int ActiveRows => active.Length;

    /// <summary>Writes one token to every active row; false when none is left.</summary>
    internal bool Step()
    {
        using var scope = NewDisposeScope();
        var hidden = model.Hidden(next, mask, cache);
        var logits = model.Logits(hidden.select(1, hidden.shape[1] - 1)); // [B,V]
        if (logits.dtype != ScalarType.Float32) logits = logits.to(ScalarType.Float32);
        var open = options.Restriction is { } restriction ? restriction.Apply(logits, step) : logits;
        var chosen = options.Temperature > 0
            ? TokenDistribution.Draw(TokenDistribution.Probabilities(open, options), Drawn())
            : open.argmax(1);
        Read(chosen, logits.log_softmax(1).gather(1, chosen.unsqueeze(1)));

        step++;
        var kept = Enumerable.Range(0, active.Length).Where(row => !finished[active[row]]).ToArray();
        if (kept.Length == 0 || step == options.MaxNewTokens) return false;
        if (kept.Length < active.Length) Keep(kept, ref chosen);
        next.Dispose();
        mask?.Dispose();
        next = chosen.unsqueeze(1).DetachFromDisposeScope();
        mask = null;
        return true;
    }

    internal IReadOnlyList<Completion> Completions() =>
        [.. prompts.Select((prompt, i) => new Completion(prompt, [.. written[i]], logProbs[i], finished[i]))];

    public void Dispose()
    {
        next.Dispose();
        mask?.Dispose();
        cache.Dispose();
    }

    private void Read(Tensor chosen, Tensor logProb)
    {
        using var onCpu = chosen.cpu();
        using var values = logProb.cpu();
        var (tokens, scores) = (onCpu.data<long>(), values.data<float>());
        for (var row = 0; row < active.Length; row++)
        {
            var (i, token) = (active[row], (int)tokens[row]);
            written[i].Add(token);
            logProbs[i] += scores[row];
            finished[i] = stops.Contains(token);
        }
    }

    private void Keep(int[] kept, ref Tensor chosen)
    {
        active = [.. kept.Select(row => active[row])];
        using var rows = tensor(kept.Select(row => (long)row).ToArray(), device: model.Device);
        cache.KeepRows(rows);
        chosen = chosen.index_select(0, rows);
    }

    private Tensor Drawn() => tensor(active.Select(i => uniforms[i * options.MaxNewTokens + step]).ToArray(), device: model.Device);

    private static double[] Uniforms(Generator generator, long count)
    {
        using var drawn = rand([count], ScalarType.Float64, generator.device, generator: generator);
        using var onCpu = drawn.cpu();
        return onCpu.data<double>().ToArray();
    }

    private (Tensor Ids, Tensor? Mask) PadLeft()
    {
        var width = prompts.Max(prompt => prompt.Length);
        var ids = new long[prompts.Count * width];
        var real = new long[prompts.Count * width];
        for (var r = 0; r < prompts.Count; r++)
        {
            var prompt = prompts[r];
            for (var t = 0; t < prompt.Length; t++)
            {
                var at = r * width + width - prompt.Length + t;
                ids[at] = prompt[t];
                real[at] = 1;
            }
        }
        var ragged = prompts.Any(prompt => prompt.Length < width);
        return (Held(ids), ragged ? Held(real) : null);

        Tensor Held(long[] values) => tensor(values, [prompts.Count, width], device: model.Device).DetachFromDisposeScope();
    }
}
