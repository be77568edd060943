using ResearchKit.Benchmarks.Macro.Work;
using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Training;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>An epoch of DPO steps over pairs of unlike lengths, in batches of like length and in shuffled ones.</summary>
internal static class LengthsCase
{
    private const int Count = 384;

    internal static IEnumerable<Row> Run()
    {
        using var work = new NotebookStepWork();
        var pairs = UnlikePairs();
        var lengths = TokenLengths.OfPairs(pairs);
        var (sorted, plain) = (new LengthOrder(lengths, Shapes.Pairs, new Rng(1)), new DataOrder(Count, Shapes.Pairs, new Rng(1)));
        int[][] inOrder = [.. Enumerable.Range(0, sorted.BatchesPerEpoch).Select(_ => sorted.Next())], shuffled = [.. Enumerable.Range(0, plain.BatchesPerEpoch).Select(_ => plain.Next())];
        void Epoch(int[][] batches)
        {
            foreach (var rows in batches)
            {
                using var batch = PairBatch.Collate([.. rows.Select(row => pairs[row])], 0);
                work.Step(batch);
            }
        }
        var best = Race.Run(3, new LocalSide(1, 1, () => Epoch(inOrder)), new LocalSide(1, 1, () => Epoch(shuffled)));
        yield return Row.Faster("lengths", "an epoch in batches of like length against shuffled ones", best[0], best[1], null, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Count} pairs, answers log-normal (median 30, σ 0.6), batches of {Shapes.Pairs}; padded {TokenLengths.PaddedShare(lengths, inOrder):P0} against {TokenLengths.PaddedShare(lengths, shuffled):P0}; 1 thread"));
    }

    private static TokenizedPair[] UnlikePairs()
    {
        var rng = new Rng(2);
        int[] Answer() => Shapes.Tokens(rng, Math.Clamp((int)(30 * Math.Exp(0.6 * rng.NextNormal())), 4, 120), 512);
        return [.. Enumerable.Range(0, Count).Select(_ => new TokenizedPair(Shapes.Tokens(rng, 8 + rng.Next(25), 512), Answer(), Answer()))];
    }
}
