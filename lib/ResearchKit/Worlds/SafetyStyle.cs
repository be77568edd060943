namespace ResearchKit.Worlds;

/// <summary>How a request of <see cref="SafetyWorld"/> is worded: bare, or wrapped as the published attack styles do.</summary>
public enum SafetyStyle
{
    /// <summary>The bare request.</summary>
    Plain,

    /// <summary>A persona is named first.</summary>
    Persona,

    /// <summary>The answer's opening is asked for.</summary>
    Opening,

    /// <summary>Told as a story.</summary>
    Story,

    /// <summary>Verb and object in separate clauses.</summary>
    Split,

    /// <summary>Object before verb.</summary>
    Reversed,

    /// <summary>After another request, an ordinary one.</summary>
    Nested,

    /// <summary>The object spelled as two code words.</summary>
    Cipher,

    /// <summary>The verb in another language.</summary>
    Translated,

    /// <summary>A persona first and an opening last.</summary>
    PersonaOpening,

    /// <summary>Fillers between the words.</summary>
    Noise,
}
