namespace ResearchKit.Worlds;

/// <summary>The words of <see cref="ObjectStripWorld"/>.</summary>
internal static class ObjectStripWords
{
    internal const int Kinds = 4;

    internal static readonly string[] Tags = ["<think>", "</think>", "<answer>", "</answer>"];
    internal static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    internal static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    // The i-th and the (i + 4)-th mean the same.
    internal static readonly string[] Colours = ["red", "blue", "green", "yellow", "crimson", "azure", "emerald", "golden"];
    internal static readonly string[] Shapes = ["circle", "square", "star", "cross", "disc", "box", "asterisk", "plus"];
    internal static readonly string[] Tasks = ["sum", "mix", "describe"];
    internal static readonly string[] Fillers = ["well", "so", "indeed", "clearly"];

    // The image tokenizer's codes: [d2] for a digit, [c0] for a colour, [s3] for a shape.
    internal static readonly string[] Codes = [.. "dcs".SelectMany(factor => Enumerable.Range(0, Kinds).Select(code => $"[{factor}{code}]"))];

    internal static readonly string[] All = [.. Tags, .. Digits, .. Numbers, .. Colours, .. Shapes, .. Tasks, .. Fillers, .. Codes];
}
