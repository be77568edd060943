using System.Runtime.InteropServices;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>rk kernel start CONNECTION_FILE: the process that a front end starts.</summary>
internal static class KernelApp
{
    internal static async Task<int> RunAsync(string connectionFile)
    {
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["RESEARCHKIT_HOST"] = "kernel", ["RESEARCHKIT_ROOT"] = Checkout.Find().Root };
            await using var server = new KernelServer(ConnectionFile.Read(connectionFile), Environment.CurrentDirectory, environment);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
            {
                signal.Cancel = true;
                _ = server.InterruptAsync();
            });
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                server.End();
            });
            using var orphaned = ParentWatch.Start(server.End);
            await server.Ended.ConfigureAwait(false);
            return ExitCodes.Success;
        }
        catch (CliException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return error.ExitCode;
        }
    }
}
