using System.Text.Json;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

/// <summary>A recorded forward pass of an official implementation, beside its model folder (tests/golden/models/README.md).</summary>
internal static class GoldenModelFolder
{
    /// <summary>All folders with a golden.json: the checkout's own and those under RESEARCHKIT_GOLDEN_DIR/models.</summary>
    internal static IEnumerable<string> All()
    {
        List<string> roots = [Path.Combine(Checkout.Root, "tests", "golden", "models")];
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_GOLDEN_DIR") is { Length: > 0 } extra) roots.Add(Path.Combine(extra, "models"));
        return roots.Where(Directory.Exists).SelectMany(root => Directory.GetDirectories(root).Order(StringComparer.Ordinal))
            .Where(folder => File.Exists(Path.Combine(folder, "golden.json")));
    }

    internal static JsonElement Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        return document.RootElement.Clone();
    }

    internal static Tensor Ids(JsonElement rows)
    {
        var lists = Rows(rows);
        return tensor(lists.SelectMany(row => row.Select(id => (long)id)).ToArray(), [lists.Length, lists[0].Length]);
    }

    internal static int[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray())];

    internal static Tensor Numbers(JsonElement recorded)
    {
        var shape = recorded.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        return tensor(recorded.GetProperty("data").EnumerateArray().Select(number => number.GetSingle()).ToArray(), shape);
    }
}
