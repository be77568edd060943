namespace ResearchKit.Runtime;

/// <summary>
/// The kit's own error: its message says what is wrong, where, what was expected and how to mend it, so it is shown
/// to a user as it is, without a stack trace.
/// </summary>
public abstract class KitException : Exception
{
    /// <summary>Creates the error.</summary>
    protected KitException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>Name and message: what a notebook shows under the cell. The stack trace stays in its property.</summary>
    public override string ToString() => $"{GetType().Name}: {Message}";
}

/// <summary>A setting (environment.json, a RESEARCHKIT_* variable, a parameter) that cannot be used.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : KitException(message, inner);

/// <summary>libtorch or the TorchSharp bridge to it could not be loaded.</summary>
public sealed class NativeLoadException(string message, Exception? inner = null) : KitException(message, inner);
