using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Controlled generation with a known true reward: prompts to continue, and what a continuation is worth. A generated
/// world and a real checkpoint's stories are used through it by the same notebook cells.
/// </summary>
public interface IContinuationTask
{
    /// <summary>Turns the task's text into ids and back.</summary>
    ITokenizer Tokenizer { get; }

    /// <summary>The ids that end a continuation.</summary>
    IReadOnlyList<int> StopTokens { get; }

    /// <summary>The most tokens a continuation may have, its end token included.</summary>
    int MaxNewTokens { get; }

    /// <summary>A fresh prompt as ids, its begin token included.</summary>
    int[] Prompt(Rng rng);

    /// <summary>The true reward of a continuation, in [0, 1]; 0.5 is neutral.</summary>
    double Reward(IReadOnlyList<int> prompt, IReadOnlyList<int> continuation);
}
