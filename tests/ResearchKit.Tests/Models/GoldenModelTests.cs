using System.Text.Json;
using ResearchKit.Checkpoints;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

/// <summary>Logits, losses, gradients and greedy tokens of Hugging Face's own code, folder by folder.</summary>
public sealed class GoldenModelTests
{
    private static readonly string[] Uncovered = ["gemma2"];

    public static IEnumerable<TheoryDataRow<string>> Folders() =>
        GoldenModelFolder.All().Select(folder => new TheoryDataRow<string>(folder) { TestDisplayName = $"Golden model {Path.GetFileName(folder)}", Label = "" });

    [Theory]
    [MemberData(nameof(Folders))]
    public void Golden_model_equals_the_official_implementation(string folder)
    {
        SkipIfUncovered(folder);
        using var scope = NewDisposeScope();
        using var loaded = ModelFolder.Load(folder);
        var golden = GoldenModelFolder.Read(folder);
        var checks = new GoldenModelChecks(loaded.Model, golden.GetProperty("tolerance"));
        foreach (var recorded in golden.GetProperty("cases").EnumerateArray()) checks.Run(recorded);

        Assert.True(checks.Compared > 0, "nothing was compared");
        Assert.True(checks.Failures.Count == 0, string.Join(Environment.NewLine, checks.Failures));
    }

    private static void SkipIfUncovered(string folder)
    {
        var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json"))).RootElement;
        var family = config.GetProperty("model_type").GetString()!;
        if (!Uncovered.Contains(family)) return;
        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder));
        Assert.Contains(family, error.Message, StringComparison.Ordinal);
        Assert.Skip($"the family '{family}' is not covered, and is refused by name");
    }
}
