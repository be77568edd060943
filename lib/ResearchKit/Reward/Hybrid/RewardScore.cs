using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>A reward that knows how sure it is, for G answers to each of P prompts.</summary>
/// <param name="Value">The reward [P,G].</param>
/// <param name="Confidence">c in [0, 1] [P,G]: 1 where the reward speaks with certainty, 0 where it has nothing to say.</param>
public sealed record RewardScore(Tensor Value, Tensor Confidence);
