using ResearchKit.Cli.Files;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Session;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>The rk command line.</summary>
internal static class CliApp
{
    internal static async Task<int> RunAsync(string[] args)
    {
        // A session's own process: nothing of the command line is set up, so that it starts at once.
        if (args is ["session", var requests, var events]) return await SessionHost.RunAsync(requests, events).ConfigureAwait(false);
        if (args is ["kernel", "start", var connection]) return await KernelApp.RunAsync(connection).ConfigureAwait(false);
        // Redirected output has no width of its own; tables are made for this one.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 100;
        using var interrupts = new Interrupts();
        return await RunAsync(args, AnsiConsole.Console, interrupts.Token).ConfigureAwait(false);
    }

    internal static async Task<int> RunAsync(string[] args, IAnsiConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var app = new CommandApp(new ServiceRegistrar((typeof(IAnsiConsole), console), (typeof(Checkout), Checkout.Find())));
            app.Configure(configuration => Configure(configuration, console));
            return await app.RunAsync(args, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return error.ExitCode;
        }
        catch (CommandAppException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message} See rk --help.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
    }

    private static void Configure(IConfigurator configuration, IAnsiConsole console)
    {
        configuration.SetApplicationName("rk");
        configuration.SetApplicationVersion(ToolVersion.Text);
        configuration.ConfigureConsole(console);
        configuration.PropagateExceptions();
        configuration.UseStrictParsing();
        configuration.AddCommand<RunCommand>("run")
            .WithDescription("Runs a notebook and writes the executed notebook, its HTML page and its record")
            .WithExample("run", "tdpo")
            .WithExample("run", "tdpo", "--scale", "smoke", "-p", "seeds=5", "--seed", "7")
            .WithExample("run", "tdpo", "--solutions", "--timeout", "600", "--out", "results");
        configuration.AddCommand<SaveCommand>("save")
            .WithDescription("Runs a notebook at workshop scale and writes what is committed: the notebook with outputs and pictures, its record, the index")
            .WithExample("save", "tdpo")
            .WithExample("save", "--check");
        configuration.AddCommand<ListCommand>("list").WithDescription("Lists the notebooks with their last results").WithExample("list");
        configuration.AddCommand<StatusCommand>("status").WithDescription("Shows which notebooks' committed results are up to date, stale or failing").WithExample("status");
        configuration.AddCommand<IndexCommand>("index").WithDescription("Writes notebooks/README.md from the committed results").WithExample("index");
        configuration.AddCommand<BookCommand>("book").WithDescription("Builds a website of all notebooks that reads offline").WithExample("book").WithExample("book", "--out", "site");
        configuration.AddCommand<ExercisesCommand>("exercises").WithDescription("Lists the exercises with difficulty, minutes and statement").WithExample("exercises", "tdpo");
        configuration.AddCommand<NewCommand>("new").WithDescription("Starts a notebook that has every section and runs as it is").WithExample("new", "simpo", "--theme", "preference", "--title", "Simple Preference Optimization");
        configuration.AddCommand<ConvertCommand>("convert").WithDescription("Converts a notebook between .ipynb and .dib").WithExample("convert", "notebooks/preference/tdpo.ipynb", "tdpo.dib");
        configuration.AddCommand<LintCommand>("lint").WithDescription("Checks notebooks and solutions against the house's rules").WithExample("lint").WithExample("lint", "tdpo");
        configuration.AddBranch("bench", BenchCommands.Add);
        configuration.AddBranch("kernel", KernelCommands.Add);
        configuration.AddCommand<DoctorCommand>("doctor").WithDescription("Checks this machine and says how to mend what is missing").WithExample("doctor");
    }
}
