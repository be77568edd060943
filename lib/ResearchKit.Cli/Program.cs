using ResearchKit.Cli.Commands;

return await CliApp.RunAsync(args).ConfigureAwait(false);
