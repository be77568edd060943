using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>What becomes of the kernel when a cell does its worst.</summary>
public sealed class EngineTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromMinutes(5));")]
    [InlineData("while (!Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken.IsCancellationRequested) { }")]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(300000);")]
    public void An_interrupt_ends_the_cell_and_keeps_the_state_or_says_that_it_is_gone(string code)
    {
        client.Run("var kept = 41;");
        var id = client.SendCode($"Console.WriteLine(\"begun\");\n{code}");
        client.WaitFor(answer => answer.Parent == id && answer.Type == "stream");
        Assert.Equal("ok", client.Ask("interrupt_request", [], onControl: true).Status);
        var interrupted = client.React(id);
        Assert.Equal("error", interrupted.Status);
        if (interrupted.Reply.Text("ename") == "EngineEnded") Assert.Contains("What earlier cells defined is gone", interrupted.Reply.Text("evalue"), StringComparison.Ordinal);
        else Assert.Equal(("Interrupted", "42"), (interrupted.Reply.Text("ename"), client.Run("kept + 1").Of("execute_result")[0].Plain));
        Assert.Equal("2", client.Run("1 + 1").Of("execute_result")[0].Plain);
    }

    [Fact]
    public void A_killed_engine_gives_an_error_and_a_fresh_engine()
    {
        var engine = kernel.EngineId();
        var id = client.SendCode("Console.WriteLine(\"begun\");\nawait Task.Delay(TimeSpan.FromMinutes(5));");
        client.WaitFor(answer => answer.Parent == id && answer.Type == "stream");
        using (var process = Process.GetProcessById(engine)) process.Kill();
        var killed = client.React(id);
        Assert.Equal(("error", "EngineEnded"), (killed.Status, killed.Reply.Text("ename")));
        Assert.NotEqual(engine, kernel.EngineId());
    }

    [Fact]
    public void What_a_thread_prints_after_its_cell_ended_belongs_to_that_cell()
    {
        var id = client.SendCode("new System.Threading.Thread(() => { System.Threading.Thread.Sleep(400); Console.WriteLine(\"late\"); }).Start();");
        Assert.Equal("", client.React(id).Printed());
        Assert.Equal("", client.Run("await Task.Delay(800);").Printed());
        client.WaitFor(answer => answer.Parent == id && answer.Text("text") == "late\n");
    }

    [Theory]
    [InlineData("Console.Write(new string('a', 50_000_000));")]
    [InlineData("for (var i = 0; i < 500_000; i++) Console.WriteLine(new string('a', 99));")]
    public void A_flood_of_output_is_cut_with_a_word(string code)
    {
        var ran = client.Run(code);
        Assert.Equal("ok", ran.Status);
        Assert.Equal(10_000_000, ran.Printed().Length);
        Assert.Contains("more than 10 million characters", ran.Printed("stderr"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocked_await_does_not_deadlock() =>
        Assert.Equal("1", client.Run("async Task<int> Slow() { await Task.Delay(10); await Task.Yield(); return 1; }\nSlow().Result").Of("execute_result")[0].Plain);

    [Fact]
    public async Task A_shutdown_leaves_no_process()
    {
        using var ending = new RunningKernel();
        var engine = ending.EngineId();
        Assert.Equal("ok", ending.Client.Ask("shutdown_request", new JsonObject { ["restart"] = false }, onControl: true).Status);
        await GoneAsync(ending.Process.Id);
        await GoneAsync(engine);
    }

    [Fact]
    public async Task A_killed_kernel_leaves_no_engine()
    {
        using var ending = new RunningKernel();
        var engine = ending.EngineId();
        ending.Client.SendCode("while (true) { }");
        await Task.Delay(300);
        ending.Process.Kill();
        await GoneAsync(engine);
    }

    private static async Task GoneAsync(int id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (IsRunning(id)) await Task.Delay(50, limit.Token);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
