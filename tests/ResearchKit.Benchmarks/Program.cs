using BenchmarkDotNet.Running;
using ResearchKit.Benchmarks.Macro;
using ResearchKit.Benchmarks.Micro;

// rk bench starts "macro"; the macro suite starts "side" for work that needs a process of its own; all else is
// BenchmarkDotNet's command line: dotnet run --project tests/ResearchKit.Benchmarks -- --filter '*'
return args switch
{
    ["macro", .. var options] => Suite.Run(options),
    ["side", var name, var threads, var allocator] => SideProcess.Serve(name, threads, allocator),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new MicroConfig()).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
