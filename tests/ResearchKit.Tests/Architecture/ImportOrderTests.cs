using System.Text.RegularExpressions;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Architecture;

/// <summary>Holds the order that ARCHITECTURE.md shows.</summary>
public sealed partial class ImportOrderTests
{
    private static readonly string[] Floor = ["Runtime", "Text", "Data"];
    private static readonly string[] Methods = ["Preference", "Reward", "Calibration", "Causal", "Policy"];
    private static readonly string[] Engine = [.. Floor, "Models", "Checkpoints", "Generation", "Training"];

    private static readonly Dictionary<string, string[]> MayImport = new()
    {
        ["Runtime"] = [],
        ["Text"] = ["Runtime"],
        ["Data"] = ["Runtime", "Text"],
        ["Worlds"] = Floor,
        ["Models"] = Floor,
        ["Checkpoints"] = [.. Floor, "Models"],
        ["Generation"] = [.. Floor, "Models", "Checkpoints"],
        ["Training"] = [.. Floor, "Models", "Checkpoints", "Generation"],
        ["Evaluation"] = [.. Engine, .. Methods],
        ["Figures"] = [.. Engine, .. Methods, "Evaluation"],
    };

    [Fact]
    public void Folders_of_the_library_import_one_way_only()
    {
        var library = Path.Combine(Checkout.Root, "lib", "ResearchKit");
        var wrong = new List<string>();
        foreach (var folder in Directory.GetDirectories(library).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj")))
        {
            var allowed = Methods.Contains(folder) ? Engine : MayImport.GetValueOrDefault(folder);
            if (allowed is null)
            {
                wrong.Add($"lib/ResearchKit/{folder} has no place in the order; give it one here and in ARCHITECTURE.md");
                continue;
            }
            foreach (var file in Directory.GetFiles(Path.Combine(library, folder), "*.cs", SearchOption.AllDirectories))
            {
                wrong.AddRange(Reference().Matches(File.ReadAllText(file))
                    .Select(match => match.Groups[1].Value)
                    .Where(target => target != folder && !allowed.Contains(target))
                    .Distinct()
                    .Select(target => $"{Path.GetRelativePath(Checkout.Root, file)} imports {target}"));
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("ResearchKit", new string[0])]
    [InlineData("ResearchKit.Plotly", new string[0])]
    [InlineData("ResearchKit.Interactive", new[] { "ResearchKit" })]
    [InlineData("ResearchKit.Cli", new string[0])]
    public void Projects_reference_only_what_lies_below_them(string project, string[] expected)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "lib", project, project + ".csproj"));
        var compiled = ProjectReference().Matches(text)
            .Where(match => !match.Value.Contains("ReferenceOutputAssembly=\"false\"", StringComparison.Ordinal))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(expected, compiled);
    }

    [GeneratedRegex(@"(?<![\w.""])ResearchKit\.(\w+)(?=[.;])")]
    private static partial Regex Reference();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/([\w.]+)\.csproj""[^>]*>")]
    private static partial Regex ProjectReference();
}
