namespace ResearchKit.Text;

/// <summary>Maps texts to vectors.</summary>
public interface ITextEncoder
{
    /// <summary>Names model and implementation: vectors of two versions must not be mixed.</summary>
    string Version { get; }

    /// <summary>One vector for each text, all of the same length.</summary>
    float[][] Encode(IReadOnlyList<string> texts);
}
