namespace ResearchKit.Data;

/// <summary>The prompt text of Stanford Alpaca (tatsu-lab/stanford_alpaca, train.py, PROMPT_DICT).</summary>
public static class AlpacaPrompt
{
    /// <summary>The prompt for an instruction, with an input where there is one; an answer follows the last line.</summary>
    public static string Format(string instruction, string? input = null) => string.IsNullOrEmpty(input)
        ? $"Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\n{instruction}\n\n### Response:"
        : $"Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:";
}
