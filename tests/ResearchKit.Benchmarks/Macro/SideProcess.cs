using System.Diagnostics;
using System.Globalization;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>
/// Work in a process of its own: another allocator, or another language. It answers each line of its standard input with one
/// round: its milliseconds, then any number that shows what was computed.
/// </summary>
internal sealed class SideProcess : IResultSide, IDisposable
{
    private readonly Process process;

    internal SideProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        process = Process.Start(start)!;
    }

    /// <summary>What the last round computed.</summary>
    public double Result { get; private set; }

    /// <summary>What the process holds in memory now.</summary>
    internal double MegaBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>One of this program's own sides, under the C library's own allocator settings.</summary>
    internal static SideProcess Stock(string name, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), "side", name, threads.ToString(CultureInfo.InvariantCulture), "stock"]);
        return new SideProcess(start);
    }

    /// <summary>The Python script of the suite, with the interpreter that <see cref="Python"/> names.</summary>
    internal static SideProcess OfPython(string work, int threads, string file)
    {
        var start = new ProcessStartInfo(Python.Interpreter, [Python.Script, work, threads.ToString(CultureInfo.InvariantCulture), file]);
        foreach (var name in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" }) start.Environment[name] = threads.ToString(CultureInfo.InvariantCulture);
        return new SideProcess(start);
    }

    public double Round()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended before it answered.");
        var numbers = answer.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Result = numbers[1];
        return numbers[0];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>The other end.</summary>
    internal static int Serve(string name, string threads, string allocator)
    {
        if (allocator == "stock") Torch.LoadStock();
        else Torch.Load();
        TorchSharp.torch.set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        var work = Sides.Create(name);
        while (Console.ReadLine() is not null)
        {
            var clock = Stopwatch.StartNew();
            var result = work();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds:R} {result:R}"));
        }
        return 0;
    }

    /// <summary>What comes before this program's own arguments where it is started by dotnet.</summary>
    internal static IEnumerable<string> Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(SideProcess).Assembly.Location] : [];
}
