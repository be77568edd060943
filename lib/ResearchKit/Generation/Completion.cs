namespace ResearchKit.Generation;

/// <summary>A prompt and what the model wrote after it.</summary>
/// <param name="Prompt">The prompt's ids.</param>
/// <param name="Tokens">The new ids, the stop token included.</param>
/// <param name="LogProb">The sum of log p(token | before) over the new tokens, under the model itself: temperature 1, nothing cut off (nats).</param>
/// <param name="Finished">True where a stop token ended it, false where the limit did.</param>
public sealed record Completion(int[] Prompt, int[] Tokens, double LogProb, bool Finished);
