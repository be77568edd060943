using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>
/// A DPO step on the kit's fast paths against the same step as TRL writes it: in TorchSharp with the C library's allocator, in
/// a process of its own; and in eager PyTorch. All sides start from the same weights and take as many steps.
/// </summary>
internal static class DpoStepCase
{
    private const string Name = "dpo-step";
    private const int Rounds = 8;
    private static readonly string Sizes = $"128 wide, 4 layers, {Shapes.Pairs} pairs, prompt {Shapes.Prompt}, answers {Shapes.Answer}, 512 words";

    internal static IEnumerable<Row> Run()
    {
        var (version, why) = Python.Torch();
        var file = Path.Combine(Path.GetTempPath(), $"rk-bench-{Environment.ProcessId}.safetensors");
        try
        {
            using (var work = new DpoStepWork(DpoWay.Plain)) work.Write(file);
            var (ours, theirs) = (double.MaxValue, double.MaxValue);
            foreach (var threads in Environment.ProcessorCount == 1 ? [1] : (int[])[1, 2])
            {
                var (how, way) = ($"{threads} thread{(threads == 1 ? "" : "s")}", DpoWay.Fast with { Parts = threads });
                using DpoStepWork fast = new(way), cached = new(way with { Cached = true }), tuned = new(DpoWay.Plain);
                using var plain = SideProcess.Stock("dpo-plain", threads);
                using var python = version is null ? null : SideProcess.OfPython("dpo", threads, file);
                IResultSide[] sides = [new StepSide(threads, fast.Step), new StepSide(threads, cached.Step), new StepSide(threads, tuned.Step), plain, .. python is null ? Array.Empty<IResultSide>() : [python]];
                var race = Agreement.Race(Rounds, sides);
                var parts = threads == 1 ? "" : $"; the batch in {threads} parts side by side";
                yield return Row.Faster(Name, $"{how}: all fast paths, against the step as TRL writes it", race.Times[0], race.Times[3], 2, $"{Sizes}; the reference's forward pass in the step on both sides{parts}; {race.Note}");
                yield return Row.Faster(Name, $"{how}: the same with the reference cached", race.Times[1], race.Times[3], null, "the plain side computes the reference's forward pass");
                yield return Row.Faster(Name, $"{how}: the kit's allocator settings alone", race.Times[2], race.Times[3], null, "the plain step in this process, against one with the C library's settings");
                if (python is null) continue;
                var (ourPeak, theirPeak) = MatmulPeak.Beside(threads);
                (ours, theirs) = (Math.Min(ours, race.Times[0]), Math.Min(theirs, race.Times[4]));
                yield return Row.Faster(Name, $"{how}: all fast paths, against {version}", race.Times[0], race.Times[4], null,
                    FormattableString.Invariant($"matmul peaks {ourPeak:F0} and {theirPeak:F0} GFLOP/s; divided by their ratio {race.Times[4] / race.Times[0] / (ourPeak / theirPeak):F2}"));
            }
            yield return version is null
                ? Row.Missing(Name, "against eager PyTorch", why)
                : Row.Faster(Name, $"the best of ours, against the best of {version}", ours, theirs, 4, "each with the thread count that suits it");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
