using System.Text.Json;

namespace ResearchKit.Runtime;

/// <summary>environment.json: an object of known keys, in which comments and a trailing comma are allowed.</summary>
internal static class EnvironmentFile
{
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The settings in the file, none where there is no file.</summary>
    internal static List<(SettingKey Key, string Value)> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var found = new List<(SettingKey, string)>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Options);
            Walk(document.RootElement, "", found);
        }
        catch (JsonException error)
        {
            throw new SettingsException($"{KitEnvironment.FileName}: {error.Message} (line {error.LineNumber + 1}). Expected JSON; comments are allowed.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{KitEnvironment.FileName} cannot be read: {error.Message}", error);
        }
        return found;
    }

    private static void Walk(JsonElement element, string prefix, List<(SettingKey, string)> found)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            var what = prefix.Length == 0 ? "the file" : prefix.TrimEnd('.');
            throw new SettingsException($"{KitEnvironment.FileName}: {what} is {Describe(element)}; expected an object {{...}}.");
        }
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (name == "$schema") continue;
            if (SettingKey.All.Any(k => k.Name.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                Walk(property.Value, name + ".", found);
                continue;
            }
            var key = SettingKey.Find(name, KitEnvironment.FileName);
            if (property.Value.ValueKind != key.Kind)
                throw new SettingsException($"{KitEnvironment.FileName}: {name} is {Describe(property.Value)}; expected {key.Allowed}.");
            found.Add((key, key.Kind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText()));
        }
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => $"the text '{element.GetString()}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText(),
    };
}
