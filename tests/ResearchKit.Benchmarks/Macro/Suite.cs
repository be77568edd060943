using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Benchmarks.Macro.Cases;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>The macro suite: each case prints a line as it ends, and all rows go as JSON to a file that `rk bench` shows.</summary>
internal static class Suite
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly (string Name, Func<IEnumerable<Row>> Run)[] Cases =
    [
        ("matmul", MatmulCase.Run),
        ("optimizer", OptimizerCase.Run),
        ("generation", GenerationCase.Run),
        ("chunked", ChunkedCase.Run),
        ("prefix", PrefixCase.Run),
        ("dpo-step", DpoStepCase.Run),
        ("reward-step", RewardStepCase.Run),
        ("train-step", TrainStepCase.Run),
        ("prefix-estimate", PrefixEstimateCase.Run),
        ("allocator", AllocatorCase.Run),
        ("garbage", GarbageCase.Run),
        ("lengths", LengthsCase.Run),
        ("seeds", SeedsCase.Run),
        ("profile", ProfileCase.Run),
    ];

    /// <summary>Options: the JSON file, then the cases' names (all where none is given).</summary>
    internal static int Run(string[] options)
    {
        if (options.Length == 0)
        {
            Console.Error.WriteLine("usage: macro FILE.json [CASE...]");
            return 2;
        }
        var (file, wanted) = (options[0], options[1..]);
        if (wanted.Except(Cases.Select(item => item.Name)).ToArray() is { Length: > 0 } unknown)
        {
            Console.Error.WriteLine($"There is no case {string.Join(", ", unknown)}. Known: {string.Join(", ", Cases.Select(item => item.Name))}.");
            return 2;
        }
        Torch.Load();
        var (rows, clock) = (new JsonArray(), Stopwatch.StartNew());
        foreach (var (name, run) in Cases.Where(item => wanted.Length == 0 || wanted.Contains(item.Name)))
        {
            foreach (var row in run())
            {
                rows.Add(JsonSerializer.SerializeToNode(row, Format));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,5:F0} s  {name}: {row.What}: {(row.Ratio is null ? row.Note : FormattableString.Invariant($"{row.Fast:G4} and {row.Plain:G4} {row.Unit}, {row.Ratio:F2}"))}"));
            }
        }
        var result = new JsonObject { ["machine"] = Machine.Facts(), ["seconds"] = Math.Round(clock.Elapsed.TotalSeconds, 1), ["rows"] = rows };
        File.WriteAllText(file, result.ToJsonString());
        return 0;
    }
}
