using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// A language model as judge of pairs: the probability of the verdict tokens at the end of a prompt that shows both
/// answers. Both orders are asked and averaged, so that a liking for a place cancels:
/// p(1 ≻ 2) = ½ [p(A | 1, 2) + p(B | 2, 1)], with p(A) and p(B) renormalised to 1.
/// </summary>
/// <param name="FirstPreferred">p(1 ≻ 2) of each pair [N].</param>
/// <param name="PositionBias">Mean of ½ [p(A | 1, 2) + p(A | 2, 1)] − ½ over the pairs: above 0, the judge likes the place A.</param>
/// <param name="VerdictMass">Mean probability that the next token is a verdict at all; far below 1, the prompt does not ask for one.</param>
public sealed record GenerativeJudge(double[] FirstPreferred, double PositionBias, double VerdictMass)
{
    /// <summary>Judges N pairs.</summary>
    /// <param name="model">The judge, frozen.</param>
    /// <param name="prompts">For each pair the prompt with the answers in order 1, 2, and the one in order 2, 1; each ends where the verdict begins.</param>
    /// <param name="verdictA">The token that prefers the answer shown first.</param>
    /// <param name="verdictB">The token that prefers the answer shown second.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="batchSize">Prompts per forward pass.</param>
    public static GenerativeJudge Of(
        CausalLM model, IReadOnlyList<(int[] Forward, int[] Swapped)> prompts, int verdictA, int verdictB, int padId, int batchSize = 128)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new ArgumentException("at least one pair is expected", nameof(prompts));
        if (verdictA == verdictB) throw new ArgumentException($"both verdicts are token {verdictA}; two different ones are expected", nameof(verdictB));
        using var noGrad = no_grad();
        var read = new List<(double A, double B)>();
        foreach (var part in prompts.SelectMany(pair => new[] { pair.Forward, pair.Swapped }).Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            using var batch = SequenceBatch.Collate([.. part.Select(prompt => (prompt, Array.Empty<int>()))], padId, model.Device);
            var last = tensor(part.Select(prompt => prompt.Length - 1L).ToArray(), device: model.Device);
            var hidden = model.Hidden(batch.Ids)[arange(part.Length, device: model.Device), last];      // [b,D]
            var p = model.Logits(hidden).to(ScalarType.Float64).softmax(-1);                            // [b,V]
            var (a, b) = (p.select(1, verdictA).cpu().contiguous(), p.select(1, verdictB).cpu().contiguous());
            read.AddRange(a.data<double>().ToArray().Zip(b.data<double>().ToArray()));
        }
        var forward = read.Where((_, i) => i % 2 == 0).Select(Share).ToArray();
        var swapped = read.Where((_, i) => i % 2 == 1).Select(Share).ToArray();
        return new GenerativeJudge(
            [.. forward.Zip(swapped, (first, second) => (first + 1 - second) / 2)],
            forward.Concat(swapped).Average() - 0.5, read.Average(p => p.A + p.B));
    }

    private static double Share((double A, double B) p) => p.A + p.B > 0 ? p.A / (p.A + p.B) : 0.5;
}
