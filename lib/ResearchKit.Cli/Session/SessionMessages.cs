using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResearchKit.Cli.Session;

/// <summary>What the parent asks: run a cell's code, or cancel the one that runs.</summary>
internal sealed record SessionRequest(RequestKind Kind, int Cell = 0, string Code = "");

internal enum RequestKind
{
    Run,
    Cancel,
}

/// <summary>What the child tells: outputs of the running cell in their order, then <see cref="EventKind.Done"/>.</summary>
internal sealed record SessionEvent(EventKind Kind, int Cell = 0)
{
    /// <summary>Names a displayed value, so that an update finds it.</summary>
    public string? DisplayId { get; init; }

    /// <summary>A displayed value's forms by MIME type.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    public string? Text { get; init; }

    public CellError? Error { get; init; }
}

internal enum EventKind
{
    Ready,
    StandardOutput,
    StandardError,
    Display,
    Update,
    Result,
    Error,
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
