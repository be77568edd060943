using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>A training step of a model of 10 M parameters against the machine's matrix products.</summary>
internal static class TrainStepCase
{
    internal static IEnumerable<Row> Run()
    {
        foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            using TrainStepWork whole = new(1), split = new(threads);
            IResultSide[] sides = [new StepSide(threads, whole.Step), .. threads == 1 ? Array.Empty<IResultSide>() : [new StepSide(threads, split.Step)]];
            var (peak, race) = (MatmulPeak.GigaFlops(threads), Agreement.Race(3, sides));
            peak = Math.Max(peak, MatmulPeak.GigaFlops(threads));
            for (var i = 0; i < sides.Length; i++)
            {
                yield return Row.Share("train-step", $"{threads} thread{(threads == 1 ? "" : "s")}{(i == 0 ? "" : $", the batch in {threads} parts")}: achieved of the matmul peak", TrainStepWork.GigaFlop() / race.Times[i] * 1e3, peak, "GFLOP/s", null, 0.6,
                    FormattableString.Invariant($"{whole.Parameters / 1e6:F1} M parameters, 384 wide, 6 layers, {TrainStepWork.Rows} rows of {TrainStepWork.Length}, {race.Times[i]:F0} ms; {race.Note}"));
            }
        }
    }
}
