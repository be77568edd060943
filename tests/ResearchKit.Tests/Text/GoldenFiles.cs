using System.Text.Json.Nodes;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Text;

/// <summary>Golden files of this area: tests/golden, the folder named by RESEARCHKIT_GOLDEN_DIR, ../shared/golden.</summary>
internal static class GoldenFiles
{
    internal static IEnumerable<string> Find(string pattern)
    {
        string?[] folders =
        [
            Path.Combine(Checkout.Root, "tests", "golden"),
            Environment.GetEnvironmentVariable("RESEARCHKIT_GOLDEN_DIR"),
            Path.GetFullPath(Path.Combine(Checkout.Root, "..", "shared", "golden")),
        ];
        return folders.Where(Directory.Exists).Select(folder => Path.GetFullPath(folder!)).Distinct()
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal));
    }

    /// <summary>One theory row a file; where there is no file, one row that is skipped with the reason.</summary>
    internal static IEnumerable<TheoryDataRow<string>> Rows(string pattern)
    {
        var files = Find(pattern).ToArray();
        if (files.Length == 0)
        {
            yield return new TheoryDataRow<string>("none") { TestDisplayName = $"Golden {pattern}", Skip = $"no {pattern} in tests/golden, RESEARCHKIT_GOLDEN_DIR or ../shared/golden" };
        }
        foreach (var file in files)
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)));
            yield return new TheoryDataRow<string>(file) { TestDisplayName = $"Golden {folder}/{Path.GetFileName(file)}" };
        }
    }

    internal static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
}
