using ResearchKit.Runtime;

namespace ResearchKit.Checkpoints;

/// <summary>A checkpoint file or folder (safetensors, its index, a model folder, a training checkpoint) that cannot be used.</summary>
public sealed class CheckpointException : KitException
{
    private const int Longest = 120;

    /// <summary>Creates the error from a whole message.</summary>
    public CheckpointException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>Creates the error from its parts: "file: tensor 'name': problem: found ..., expected ... .".</summary>
    /// <param name="file">The file or folder.</param>
    /// <param name="problem">What is wrong, in a few words.</param>
    /// <param name="found">The value in the file.</param>
    /// <param name="expected">What it should have been, or how to mend it.</param>
    /// <param name="tensor">The tensor, where one is concerned.</param>
    /// <param name="inner">The cause.</param>
    public CheckpointException(string file, string problem, string found, string expected, string? tensor = null, Exception? inner = null)
        : base($"{file}: {(tensor is null ? "" : $"tensor '{Clip(tensor)}': ")}{problem}: found {Clip(found)}, expected {expected}.", inner)
    {
        File = file;
        Tensor = tensor;
    }

    /// <summary>The file or folder concerned, where one is known.</summary>
    public string? File { get; }

    /// <summary>The tensor concerned, where there is one.</summary>
    public string? Tensor { get; }

    // A corrupt file can hold a name as long as itself.
    private static string Clip(string text) => text.Length <= Longest ? text : $"{text[..Longest]}... ({text.Length} characters)";
}
