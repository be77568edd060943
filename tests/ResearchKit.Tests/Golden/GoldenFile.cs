using System.Text.Json;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Golden;

/// <summary>A file of recorded numbers: {family, source, dtype, tolerance, tensors?, cases}; tests/golden/README.md gives the format.</summary>
internal sealed class GoldenFile
{
    private GoldenFile(string path, string family, GoldenTolerance tolerance, IReadOnlyDictionary<string, JsonElement> tensors, IReadOnlyList<GoldenCase> cases)
    {
        (Path, Family, Tolerance, Tensors, Cases) = (path, family, tolerance, tensors, cases);
    }

    internal string Path { get; }
    internal string Family { get; }
    internal GoldenTolerance Tolerance { get; }
    internal IReadOnlyDictionary<string, JsonElement> Tensors { get; }
    internal IReadOnlyList<GoldenCase> Cases { get; private set; }

    /// <summary>Loss-family files under tests/golden and under RESEARCHKIT_GOLDEN_DIR; the other tests read tokenizers, templates and models.</summary>
    internal static IReadOnlyList<string> Paths()
    {
        var folders = new List<string> { System.IO.Path.Combine(Checkout.Root, "tests", "golden") };
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_GOLDEN_DIR") is { Length: > 0 } other) folders.Add(System.IO.Path.GetFullPath(other, Checkout.Root));
        return [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Where(IsLossFamily).Order(StringComparer.Ordinal))];
    }

    /// <exception cref="InvalidDataException">The file is not a golden file; the message names it and the place.</exception>
    internal static GoldenFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement.Clone();
            foreach (var field in new[] { "family", "tolerance", "cases" })
            {
                if (!root.TryGetProperty(field, out _)) throw new InvalidDataException($"it has no '{field}'");
            }
            var family = root.GetProperty("family").GetString() ?? throw new InvalidDataException("family is null");
            var tolerance = GoldenTolerance.Read(root.GetProperty("tolerance"));
            var tensors = root.TryGetProperty("tensors", out var shared)
                ? shared.EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value)
                : [];
            var file = new GoldenFile(path, family, tolerance, tensors, []);
            file.Cases = [.. root.GetProperty("cases").EnumerateArray().Select(element => new GoldenCase(file, element))];
            if (file.Cases.Count == 0) throw new InvalidDataException("it has no cases");
            if (file.Cases.GroupBy(item => item.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new InvalidDataException($"two cases are called '{twice.Key}'");
            return file;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException or FormatException)
        {
            throw new InvalidDataException($"golden file {path} is malformed: {error.Message}", error);
        }
    }

    private static bool IsLossFamily(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return !name.StartsWith("tokenizer-", StringComparison.Ordinal) && name != "chat-templates.json";
    }
}
