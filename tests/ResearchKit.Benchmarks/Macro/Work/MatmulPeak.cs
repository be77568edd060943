using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>What a matrix product reaches here: the yardstick of a training step.</summary>
internal static class MatmulPeak
{
    private const int Size = 1024;

    /// <summary>The best of some rounds, in 10^9 floating-point operations a second.</summary>
    internal static double GigaFlops(int threads, int rounds = 8)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(Size, Size), rand(Size, Size));
        var best = Race.Run(rounds, new LocalSide(threads, 4, () =>
        {
            using var product = a.mm(b);
        }))[0];
        return 2.0 * Size * Size * Size / (best * 1e6);
    }

    /// <summary>This process's and eager PyTorch's, in turn; the best of each.</summary>
    internal static (double Ours, double Theirs) Beside(int threads)
    {
        using var python = SideProcess.OfPython("matmul", threads, "-");
        var (ours, theirs) = (0.0, 0.0);
        for (var i = 0; i < 6; i++)
        {
            python.Round();
            (ours, theirs) = (Math.Max(ours, GigaFlops(threads, rounds: 2)), Math.Max(theirs, python.Result));
        }
        return (ours, theirs);
    }
}
