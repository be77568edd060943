using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// A reward that needs no reward model: how near an answer's embedding is to a reference answer's, max(0, cos). HARMO
/// (arXiv 2510.05283) uses it for open-ended questions; the clamp at 0 is a reconstruction.
/// </summary>
public static class EmbeddingReward
{
    /// <summary>Clamped cosine similarity.</summary>
    /// <param name="answers">Vectors [...,D].</param>
    /// <param name="references">Vectors of the same shape, or one that broadcasts to it ([P,1,D] for G answers to each of P prompts).</param>
    /// <returns>[...] in [0, 1]; 0 where a vector is zero.</returns>
    public static Tensor Of(Tensor answers, Tensor references)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(references);
        using var scope = NewDisposeScope();
        var norms = answers.norm(-1, keepdim: false, p: 2.0f) * references.norm(-1, keepdim: false, p: 2.0f);
        return ((answers * references).sum(-1) / norms.clamp_min(1e-12)).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The same for texts: one reference for each answer.</summary>
    public static double[] Of(ITextEncoder encoder, IReadOnlyList<string> answers, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(references);
        if (answers.Count != references.Count) throw new ArgumentException($"{answers.Count} answers and {references.Count} references; one each is expected", nameof(references));
        if (answers.Count == 0) return [];
        using var scope = NewDisposeScope();
        Tensor Vectors(IReadOnlyList<string> texts)
        {
            var rows = encoder.Encode(texts);
            return tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
        }
        return Of(Vectors(answers), Vectors(references)).to(ScalarType.Float64).data<double>().ToArray();
    }
}
