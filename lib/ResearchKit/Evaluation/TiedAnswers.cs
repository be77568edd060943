namespace ResearchKit.Evaluation;

/// <summary>A prompt with several right answers.</summary>
/// <param name="Correct">Scores of the right answers, at least one.</param>
/// <param name="Incorrect">Scores of the wrong answers, at least one.</param>
public sealed record TiedPrompt(IReadOnlyList<double> Correct, IReadOnlyList<double> Incorrect)
{
    /// <summary>The lowest right score minus the highest wrong one: above 0, all right answers are ahead.</summary>
    internal double Margin => Correct.Min() - Incorrect.Max();

    /// <summary>How far the right answers are apart.</summary>
    internal double Spread => Correct.Max() - Correct.Min();
}

/// <summary>
/// RewardBench 2's Ties score (arXiv 2506.01937): right answers must be ahead of wrong ones, and further ahead than they
/// are apart among each other. Official code: allenai/reward-bench 05a9005, rewardbench/utils.py, process_single_model.
/// </summary>
public static class TiedAnswers
{
    /// <summary>The score of a reward model.</summary>
    /// <param name="prompts">Each prompt in two forms: Reference with one right answer, Tied with several equally right ones.</param>
    /// <returns>0.3 accuracy tied + 0.3 accuracy reference + 0.2 margin preferred + 0.2 the same with the smaller margin + 0.01 mean tanh of its excess.</returns>
    public static double Score(IReadOnlyList<(TiedPrompt Reference, TiedPrompt Tied)> prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new ArgumentException("at least one prompt is expected", nameof(prompts));
        double Share(Func<(TiedPrompt Reference, TiedPrompt Tied), bool> holds) => prompts.Average(prompt => holds(prompt) ? 1.0 : 0);
        double Smaller((TiedPrompt Reference, TiedPrompt Tied) prompt) => Math.Min(prompt.Reference.Margin, prompt.Tied.Margin);
        // A spread of 0 gives an infinite ratio, whose tanh is ±1, or 0/0, which is left out.
        var excess = prompts.Select(prompt => Math.Tanh(Smaller(prompt) / prompt.Tied.Spread - 1)).Where(value => !double.IsNaN(value)).ToArray();
        return 0.3 * Share(prompt => prompt.Tied.Margin > 0) + 0.3 * Share(prompt => prompt.Reference.Margin > 0)
            + 0.2 * Share(prompt => prompt.Tied.Margin > prompt.Tied.Spread) + 0.2 * Share(prompt => Smaller(prompt) > prompt.Tied.Spread)
            + 0.01 * (excess.Length == 0 ? 0 : excess.Average());
    }
}
