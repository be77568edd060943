using System.Text.Json.Nodes;

namespace ResearchKit.Text;

/// <summary>What a chat template is told beside the messages.</summary>
public sealed record ChatOptions
{
    /// <summary>Whether the text ends with the opening of an assistant's turn, for a model to go on from.</summary>
    public bool AddGenerationPrompt { get; init; }

    /// <summary>The tools on offer, as JSON schemas in OpenAI's form; null for none (an empty list is not null to some templates).</summary>
    public JsonArray? Tools { get; init; }

    /// <summary>Text of the token that begins a text; null for the template's own.</summary>
    public string? BosToken { get; init; }

    /// <summary>Text of the token that ends a text; null for the template's own.</summary>
    public string? EosToken { get; init; }

    /// <summary>A template's further variables by name (enable_thinking, date_string, builtin_tools ...); names it does not know are ignored, as Jinja does.</summary>
    public JsonObject? Arguments { get; init; }
}
