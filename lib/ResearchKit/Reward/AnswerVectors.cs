using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// What a <see cref="VectorHead"/> reads of a prompt and its answer: the answer's vector and its product with the
/// prompt's, coordinate by coordinate. The prompt's own vector is left out: it is the same for both answers of a pair.
/// </summary>
public static class AnswerVectors
{
    /// <summary>Features of N answers.</summary>
    /// <param name="encoder">Maps texts to vectors of length D; a <see cref="Data.VectorCache"/> spares encoding a text twice.</param>
    /// <param name="prompts">One per answer.</param>
    /// <param name="answers">In the same order.</param>
    /// <param name="maxCharacters">Longer texts are cut, since an encoder reads only so much: an answer keeps its beginning, a prompt its end, where a dialogue's last request is.</param>
    /// <returns>[N,2D], float32, on the CPU.</returns>
    public static Tensor Of(ITextEncoder encoder, IReadOnlyList<string> prompts, IReadOnlyList<string> answers, int maxCharacters = 800)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCharacters);
        if (prompts.Count != answers.Count || answers.Count == 0)
            throw new ArgumentException($"{prompts.Count} prompts and {answers.Count} answers; one prompt per answer is expected, and at least one", nameof(answers));
        var x = Matrix(encoder.Encode([.. prompts.Select(text => text[Math.Max(0, text.Length - maxCharacters)..])]));   // [N,D]
        var y = Matrix(encoder.Encode([.. answers.Select(text => text[..Math.Min(text.Length, maxCharacters)])]));       // [N,D]
        using (x)
        using (y)
        using (var product = x * y)
        {
            return cat([y, product], 1);                                                                                   // [N,2D]
        }
    }

    private static Tensor Matrix(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
