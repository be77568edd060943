using System.Text.Json;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>Every recorded case of every loss family: values, metrics and gradients within the file's tolerance.</summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, IGoldenFamily> Families = new()
    {
        ["dpo-trl"] = new GoldenDpoTrl(),
        ["dpo-trl-extreme"] = new GoldenDpoTrl(),
        ["dpo-reference"] = new GoldenDpoReference(),
        ["tdpo"] = new GoldenTdpo(),
        ["wpo"] = new GoldenWpo(),
        ["simpo"] = new GoldenSimPo(),
        ["cpo"] = new GoldenCpo(),
        ["orpo"] = new GoldenOrpo(),
        ["kto"] = new GoldenKto(),
        ["reward-calibration"] = new GoldenRewardCalibration(),
        ["calibration-metrics"] = new GoldenCalibrationMetrics(),
        ["bco"] = new GoldenBco(),
        ["beta-dpo"] = new GoldenBetaDpo(),
        ["f-divergence"] = new GoldenFDivergence(),
        ["halos"] = new GoldenHalos(),
        ["reward-model"] = new GoldenRewardModel(),
        ["ppo-trl"] = new GoldenPpoTrl(),
        ["rloo-trl"] = new GoldenRlooTrl(),
        ["rliable"] = new GoldenRliable(),
        ["prm"] = new GoldenPrm(),
        ["reward-bench"] = new GoldenRewardBench(),
        ["pass-at-k"] = new GoldenPassAtK(),
    };

    private static readonly Lazy<IReadOnlyList<(string Path, GoldenFile? File, string? Error)>> Files = new(() => [.. GoldenFile.Paths().Select(TryRead)]);

    public static IEnumerable<TheoryDataRow<string>> GoldenFiles() =>
        Files.Value.Select(entry => new TheoryDataRow<string>(entry.Path) { TestDisplayName = $"Golden file {Label(entry.Path)} is well-formed", Label = "" });

    public static IEnumerable<TheoryDataRow<string, string>> GoldenCases()
    {
        foreach (var (path, file, _) in Files.Value)
        {
            if (file is null) continue;
            if (!Families.TryGetValue(file.Family, out var family))
            {
                yield return Row(path, "", $"Golden {Label(path)}", $"family '{file.Family}' has no implementation yet ({file.Cases.Count} cases)");
                continue;
            }
            foreach (var item in file.Cases) yield return Row(path, item.Name, $"Golden {Label(path)} {item.Name}", MissingOrNull(family, item));
        }
    }

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public void Golden_file_is_well_formed(string path)
    {
        var file = GoldenFile.Read(path);

        Assert.All(file.Tensors.Values, tensor => GoldenNumbers.Read(tensor));
    }

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Golden_case_gives_the_recorded_numbers(string path, string name)
    {
        using var scope = NewDisposeScope();
        var file = Files.Value.First(entry => entry.Path == path).File ?? GoldenFile.Read(path);
        var item = file.Cases.Single(candidate => candidate.Name == name);
        var outcome = Families[file.Family].Run(item);
        var failures = new List<string>();

        foreach (var expected in item.Outputs)
        {
            if (expected.Value.ValueKind == JsonValueKind.Array) CompareTexts(expected, outcome.Texts, failures);
            else if (outcome.Outputs.TryGetValue(expected.Name, out var actual)) Compare(expected.Name, actual, GoldenNumbers.Read(expected.Value), item, failures);
            else failures.Add($"{expected.Name}: the library gave no such output");
        }
        if (item.Gradients.Any())
        {
            Assert.NotNull(outcome.Objective);
            outcome.Objective.backward();
            foreach (var expected in item.Gradients)
            {
                var input = item.Input(expected.Name);
                Compare($"gradient of {expected.Name}", input.grad ?? zeros_like(input), GoldenNumbers.Read(expected.Value), item, failures);
                input.grad?.zero_();
            }
        }
        Assert.True(failures.Count == 0, $"{path}, case '{name}':\n{string.Join('\n', failures)}");
    }

    private static void CompareTexts(JsonProperty expected, IReadOnlyDictionary<string, string[]>? texts, List<string> failures)
    {
        var recorded = expected.Value.EnumerateArray().Select(text => text.GetString()!).ToArray();
        if (texts is null || !texts.TryGetValue(expected.Name, out var actual)) failures.Add($"{expected.Name}: the library gave no such texts");
        else if (!actual.SequenceEqual(recorded)) failures.Add($"{expected.Name}: \"{string.Join("\", \"", actual)}\", recorded \"{string.Join("\", \"", recorded)}\"");
    }

    private static void Compare(string what, Tensor actual, GoldenNumbers expected, GoldenCase item, List<string> failures)
    {
        var tolerance = item.Tolerance(what);
        if (!actual.shape.SequenceEqual(expected.Shape))
        {
            failures.Add($"{what}: shape [{string.Join(',', actual.shape)}], recorded [{string.Join(',', expected.Shape)}]");
            return;
        }
        var values = actual.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        var wrong = Enumerable.Range(0, values.Length).Where(i => !tolerance.Holds(values[i], expected.Values[i])).ToArray();
        if (wrong.Length > 0)
        {
            failures.Add(FormattableString.Invariant(
                $"{what}: {wrong.Length} of {values.Length} differ, first at {wrong[0]}: {values[wrong[0]]:R}, recorded {expected.Values[wrong[0]]:R}"));
        }
    }

    private static TheoryDataRow<string, string> Row(string path, string name, string display, string? skip) =>
        new(path, name) { TestDisplayName = display, Label = "", Skip = skip };

    // A case that cannot even say what it is must fail when it runs, not keep every other case from being found.
    private static string? MissingOrNull(IGoldenFamily family, GoldenCase item)
    {
        try
        {
            return family.Missing(item);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // Files of the second folder say so, so that a same-named case of both is told apart.
    private static string Label(string path)
    {
        var own = Path.GetFileName(Path.GetDirectoryName(path)) == "golden" && Path.GetDirectoryName(path)!.StartsWith(Support.Checkout.Root, StringComparison.Ordinal);
        return Path.GetFileNameWithoutExtension(path) + (own ? "" : " (RESEARCHKIT_GOLDEN_DIR)");
    }

    private static (string, GoldenFile?, string?) TryRead(string path)
    {
        try
        {
            return (path, GoldenFile.Read(path), null);
        }
        catch (InvalidDataException error)
        {
            return (path, null, error.Message);
        }
    }
}
