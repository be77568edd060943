using ResearchKit.Cli.Files;
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
            console.MarkupLineInterpolated($"[red]error:[/] {error.Message}");
            return error.ExitCode;
        }
        catch (CommandAppException error)
        {
            console.MarkupLineInterpolated($"[red]error:[/] {error.Message} See rk --help.");
            return ExitCodes.Usage;
        }
    }

    private static void Configure(IConfigurator configuration, IAnsiConsole console)
    {
        configuration.SetApplicationName("rk");
        configuration.SetApplicationVersion(ToolVersion.Text);
        configuration.ConfigureConsole(console);
        configuration.PropagateExceptions();
        configuration.AddCommand<RunCommand>("run")
            .WithDescription("Runs a notebook and writes the executed notebook, its HTML page and its record")
            .WithExample("run", "tdpo")
            .WithExample("run", "tdpo", "--scale", "smoke", "-p", "seeds=5", "--seed", "7")
            .WithExample("run", "tdpo", "--solutions", "--timeout", "600", "--out", "results");
    }
}
