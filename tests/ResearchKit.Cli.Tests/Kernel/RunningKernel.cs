using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>The kernel as a front end starts it, in a process of its own.</summary>
public sealed class RunningKernel : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rk-test-kernel-");
    private readonly StringBuilder errors = new();

    public RunningKernel()
    {
        Connection = LoopbackClient.NewConnection();
        var path = Path.Combine(folder.FullName, "connection.json");
        File.WriteAllText(path, Connection.ToJsonString());
        Process = Rk.Start(Repository.Checkout.Root, "kernel", "start", path);
        Process.ErrorDataReceived += (_, line) => { lock (errors) errors.AppendLine(line.Data); };
        Process.BeginErrorReadLine();
        Process.BeginOutputReadLine();
        Client = new KernelClient(Connection);
        Client.Connect();
    }

    internal JsonObject Connection { get; }

    internal KernelClient Client { get; }

    internal Process Process { get; }

    internal string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    /// <summary>The process id of the engine, asked of a cell.</summary>
    internal int EngineId() => int.Parse(Client.Run("Console.Write(Environment.ProcessId);").Printed(), System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Client.Dispose();
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.Dispose();
        folder.Delete(recursive: true);
    }
}
