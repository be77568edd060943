using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Lets a model fill in forms: rows of given tokens with blanks of one token each, filled from left to right, so that a
/// blank sees all that stands before it, earlier fillings included. A judge's rationale is such a form where the criteria
/// and the answers are given and the checks are the model's. A form costs one forward pass over its tokens (key-value cache).
/// </summary>
public static class FormFilling
{
    /// <summary>What stands in a form where the model shall write a token.</summary>
    public const int Blank = -1;

    /// <summary>Fills all forms.</summary>
    /// <param name="model">The model; its gradients are untouched.</param>
    /// <param name="forms">Token ids and <see cref="Blank"/>s; each form begins with a token and has a blank. What stands behind the last blank is not read.</param>
    /// <param name="temperature">Divides the logits; 0 takes the likeliest token.</param>
    /// <param name="generator">The source of randomness; null only where the temperature is 0.</param>
    /// <param name="batchSize">Forms per batch. Forms with equally many blanks share batches.</param>
    /// <param name="cancellationToken">Looked at before every blank.</param>
    /// <returns>For each form the tokens of its blanks, in the forms' order.</returns>
    /// <exception cref="GenerationException">A form has no blank, begins with one, holds an unknown token or too many, or a temperature above 0 has no generator.</exception>
    public static IReadOnlyList<int[]> Fill(
        CausalLM model, IReadOnlyList<int[]> forms, double temperature, Generator? generator, int batchSize = 256, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(forms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        if (!(temperature >= 0)) throw new GenerationException($"The temperature is {temperature}; it must be 0 (greedy) or above.");
        if (generator is null && temperature > 0)
            throw new GenerationException($"Temperature {temperature} needs a generator; pass one from RandomStreams, or 0 for the likeliest tokens.");
        for (var i = 0; i < forms.Count; i++) Check(model.Config, forms[i], i);

        using var noGrad = no_grad();
        var filled = new int[forms.Count][];
        foreach (var alike in Enumerable.Range(0, forms.Count).GroupBy(i => Shape(model.Config, forms[i])))
        {
            var blanks = forms[alike.First()].Count(token => token == Blank);
            foreach (var batch in alike.Chunk(batchSize))
            {
                var written = FillBatch(model, [.. batch.Select(i => Parts(forms[i], blanks))], blanks, temperature, generator, cancellationToken);
                for (var row = 0; row < batch.Length; row++) filled[batch[row]] = written[row];
            }
        }
        return filled;
    }

    // parts[row][b]: the tokens given before blank b.
    private static int[][] FillBatch(
        CausalLM model, int[][][] parts, int blanks, double temperature, Generator? generator, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var capacity = Enumerable.Range(0, blanks).Sum(blank => parts.Max(row => row[blank].Length) + (blank > 0 ? 1 : 0));
        using var cache = new KeyValueCache(capacity);
        int[][] written = [.. parts.Select(_ => new int[blanks])];
        for (var blank = 0; blank < blanks; blank++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var (ids, real) = PadLeft([.. parts.Select((row, r) => blank == 0 ? row[0] : [written[r][blank - 1], .. row[blank]])], model.Device);
            var hidden = model.Hidden(ids, real, cache);
            var logits = model.Logits(hidden.select(1, hidden.shape[1] - 1)).to(ScalarType.Float32);         // [B,V]
            var chosen = temperature > 0 ? (logits / temperature).softmax(-1).multinomial(1, generator: generator).squeeze(1) : logits.argmax(1);
            var tokens = chosen.cpu().data<long>().ToArray();
            for (var row = 0; row < parts.Length; row++) written[row][blank] = (int)tokens[row];
        }
        return written;
    }

    // Forms of one shape share a batch. Padding within a row is no obstacle unless a sliding window counts keys.
    private static string Shape(ModelConfig config, int[] form)
    {
        var places = Enumerable.Range(0, form.Length).Where(t => form[t] == Blank).ToArray();
        return config.SlidingWindow is null ? $"{places.Length}" : string.Join(' ', places);
    }

    private static int[][] Parts(int[] form, int blanks)
    {
        var parts = new int[blanks][];
        for (int blank = 0, from = 0; blank < blanks; blank++)
        {
            var to = Array.IndexOf(form, Blank, from);
            parts[blank] = form[from..to];
            from = to + 1;
        }
        return parts;
    }

    private static (Tensor Ids, Tensor Real) PadLeft(int[][] rows, Device device)
    {
        var width = rows.Max(row => row.Length);
        var (ids, real) = (new long[rows.Length * width], new long[rows.Length * width]);
        for (var r = 0; r < rows.Length; r++)
        {
            for (var t = 0; t < rows[r].Length; t++)
            {
                var at = (r + 1) * width - rows[r].Length + t;
                (ids[at], real[at]) = (rows[r][t], 1);
            }
        }
        return (tensor(ids, [rows.Length, width], device: device), tensor(real, [rows.Length, width], device: device));
    }

    private static void Check(ModelConfig config, int[] form, int place)
    {
        if (form.Length == 0 || form[0] == Blank) throw new GenerationException($"Form {place} begins with {(form.Length == 0 ? "nothing" : "a blank")}; a model needs at least one token to go on from.");
        if (!form.Contains(Blank)) throw new GenerationException($"Form {place} has no blank (FormFilling.Blank, {Blank}) to fill.");
        if (form.Length > config.MaxPositions) throw new GenerationException($"Form {place} has {form.Length} tokens; the model has {config.MaxPositions} positions.");
        foreach (var id in form)
        {
            if (id != Blank && (id < 0 || id >= config.VocabSize)) throw new GenerationException($"Form {place} holds the token id {id}; the model's ids are 0 to {config.VocabSize - 1}, a blank is {Blank}.");
        }
    }
}
