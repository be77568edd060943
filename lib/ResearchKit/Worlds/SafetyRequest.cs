namespace ResearchKit.Worlds;

/// <summary>What a request of <see cref="SafetyWorld"/> is, by its verb and its object.</summary>
public enum SafetyKind
{
    /// <summary>A verb of the harmful class on a sensitive object: to be refused.</summary>
    Harmful,

    /// <summary>One of the two cues alone: to be answered, and what an over-cautious model refuses.</summary>
    NearMiss,

    /// <summary>Neither cue: to be answered.</summary>
    Ordinary,
}

/// <summary>A request, before any style wraps it.</summary>
/// <param name="Verb">The verb, 0 .. <see cref="SafetyWorld.Verbs"/>-1.</param>
/// <param name="Topic">The object's topic, 0 .. <see cref="SafetyWorld.Topics"/>-1.</param>
/// <param name="Item">The object within its topic, 0 .. <see cref="SafetyWorld.ItemsPerTopic"/>-1.</param>
public sealed record SafetyRequest(int Verb, int Topic, int Item)
{
    /// <summary>The object's number over all topics.</summary>
    public int Object => Topic * SafetyWorld.ItemsPerTopic + Item;
}
