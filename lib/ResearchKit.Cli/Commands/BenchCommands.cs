using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk bench: how fast the kit's paths are on this machine.</summary>
internal static class BenchCommands
{
    internal static void Add(IConfigurator<CommandSettings> branch)
    {
        branch.SetDescription("Measures each fast path against its plain twin on this machine, which should do nothing else: a table of ratios and bench.json");
        branch.AddExample("bench");
        branch.AddExample("bench", "--case", "optimizer");
        branch.SetDefaultCommand<BenchRunCommand>();
        branch.AddCommand<BenchNotebooksCommand>("notebooks").WithDescription("Shows the minutes of each notebook's committed workshop run and their sum").WithExample("bench", "notebooks");
    }
}
