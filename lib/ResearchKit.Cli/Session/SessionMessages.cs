using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResearchKit.Cli.Session;

/// <summary>What the parent asks: run a cell's code or cancel it, answer its question, complete or explain code at a place.</summary>
internal sealed record SessionRequest(RequestKind Kind, int Cell = 0, string Code = "")
{
    /// <summary>Whether someone is there who can answer what the cell asks.</summary>
    public bool AllowInput { get; init; }

    /// <summary>The place in the code, both counted from 0; characters are UTF-16 units.</summary>
    public int Line { get; init; }

    public int Character { get; init; }

    /// <summary>The answer to an input request; null where none will come.</summary>
    public string? Text { get; init; }
}

internal enum RequestKind
{
    Run,
    Cancel,
    Input,
    Complete,
    Explain,
}

/// <summary>What the child tells: a cell's outputs in their order, then <see cref="EventKind.Done"/>; one answer to any other question.</summary>
internal sealed record SessionEvent(EventKind Kind, int Cell = 0)
{
    /// <summary>Names a displayed value, so that an update finds it.</summary>
    public string? DisplayId { get; init; }

    /// <summary>A displayed value's forms by MIME type.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    public string? Text { get; init; }

    public CellError? Error { get; init; }

    /// <summary>Whether the answer asked for is not to be seen.</summary>
    public bool Password { get; init; }

    /// <summary>Whether what is shown is cleared only when the next output comes.</summary>
    public bool Wait { get; init; }

    public IReadOnlyList<Completion>? Completions { get; init; }
}

/// <summary>What could stand at the cursor; <paramref name="Kind"/> is Roslyn's word for it (Method, Local, Keyword ...).</summary>
internal sealed record Completion(string Text, string Kind);

internal enum EventKind
{
    Ready,
    StandardOutput,
    StandardError,
    Display,
    Update,
    Result,
    Clear,
    Error,
    InputRequested,
    Completed,
    Explained,
    Done,
}

/// <summary>Why a cell failed; <paramref name="Line"/> counts from 1 within the cell, 0 where it is not known.</summary>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int Line);

/// <summary>One message is one line of JSON.</summary>
internal static class SessionWire
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    internal static string Write<T>(T message) => JsonSerializer.Serialize(message, Options);

    internal static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("an empty message");
}
