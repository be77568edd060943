using System.Net.Sockets;
using System.Text.Json.Nodes;
using NetMQ;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>The Jupyter protocol, message by message, against one running kernel.</summary>
public sealed class ProtocolTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Fact]
    public void It_says_what_it_is_and_its_heart_beats()
    {
        var info = client.Ask("kernel_info_request", []).Reply;
        Assert.Equal(("ok", "5.4", "C#", ".cs"), (info.Text("status"), info.Text("protocol_version"), (string?)info.Content["language_info"]!["name"], (string?)info.Content["language_info"]!["file_extension"]));
        Assert.Equal("ok", client.Ask("kernel_info_request", [], onControl: true).Status);
        Assert.Empty((JsonObject)client.Ask("comm_info_request", []).Reply.Content["comms"]!);
        Assert.True(client.Beats());
    }

    [Fact]
    public void A_cells_outputs_come_in_order_between_busy_and_idle()
    {
        var ran = client.Run("Console.Write(\"one \");\nConsole.WriteLine(\"two\");\nConsole.Error.WriteLine(\"bad\");\ndisplay(3);\n42");
        Assert.Equal("ok", ran.Status);
        Assert.Equal(["status", "execute_input", "stream", "stream", "display_data", "execute_result", "status"], ran.Published.Select(answer => answer.Type));
        Assert.Equal("one two\n", ran.Printed());
        Assert.Equal("bad\n", ran.Printed("stderr"));
        Assert.Equal("3", ran.Of("display_data")[0].Plain);
        var result = ran.Of("execute_result")[0];
        Assert.Equal("42", result.Plain);
        Assert.Equal((int)ran.Reply.Content["execution_count"]!, (int)result.Content["execution_count"]!);
    }

    [Fact]
    public void A_display_is_updated_under_its_id()
    {
        var ran = client.Run("using Microsoft.DotNet.Interactive;\nvar shown = KernelInvocationContextExtensions.Display(KernelInvocationContext.Current, \"a\", \"text/plain\");\nshown.Update(\"b\");");
        var (first, second) = (ran.Of("display_data")[0], ran.Of("update_display_data")[0]);
        Assert.Equal(("a", "b"), (first.Plain, second.Plain));
        Assert.Equal((string?)first.Content["transient"]!["display_id"], (string?)second.Content["transient"]!["display_id"]);
    }

    [Fact]
    public void A_cell_can_clear_what_it_has_shown()
    {
        var ran = client.Run($"#r \"{Repository.Checkout.Kit.Replace('\\', '/')}/ResearchKit.Interactive.dll\"\nConsole.Write(1);\nResearchKit.Interactive.Kit.ClearOutput();\nResearchKit.Interactive.Kit.ClearOutput(wait: true);\nConsole.Write(2);");
        Assert.Equal(["stream", "clear_output", "clear_output", "stream"], ran.Published.Select(answer => answer.Type).Where(type => type is "stream" or "clear_output"));
        Assert.Equal([false, true], ran.Of("clear_output").Select(answer => (bool)answer.Content["wait"]!));
    }

    [Fact]
    public void The_cell_that_papermill_injects_takes_the_parameters_place()
    {
        client.Run("int points = 3;\nstring name = \"a\";");
        client.Run("// Parameters\nvar points = 5;\nvar name = \"b \\\"c\\\"\";\n");
        Assert.Equal("5 b \"c\"", client.Run("Console.Write($\"{points} {name}\");").Printed());
    }

    [Fact]
    public void An_error_names_the_cells_line_and_stops_what_was_already_sent()
    {
        var failing = client.SendCode("var a = 1;\nawait Task.Delay(300);\nthrow new InvalidOperationException(\"three\");");
        var stopped = client.SendCode("Console.Write(\"ran\");");
        var error = client.React(failing);
        Assert.Equal(("error", "System.InvalidOperationException", "three"), (error.Status, error.Reply.Text("ename"), error.Reply.Text("evalue")));
        Assert.Contains("line 3 of the cell: throw new", error.Of("error")[0].Content["traceback"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("aborted", client.React(stopped).Status);

        failing = client.SendCode("await Task.Delay(300); throw new Exception();", stopOnError: false);
        var going = client.SendCode("Console.Write(\"ran\");");
        Assert.Equal("error", client.React(failing).Status);
        Assert.Equal("ran", client.React(going).Printed());
    }

    [Theory]
    [InlineData("int b = \"text\";", "CompilationError", "CS0029")]
    [InlineData("#!nonsense", "Error", "nonsense")]
    [InlineData("#r \"not/there.dll\"", "CompilationError", "not/there.dll")]
    [InlineData("static class Broken { internal static int X; static Broken() { throw new Exception(\"inner\"); } }\nBroken.X", "System.TypeInitializationException", "Broken")]
    public void What_is_wrong_with_a_cell_is_told(string code, string name, string message)
    {
        var error = client.Run(code);
        Assert.Equal("error", error.Status);
        Assert.Contains(name, error.Reply.Text("ename"), StringComparison.Ordinal);
        Assert.Contains(message, error.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(client.Run("1").Of("execute_result")).Plain);
    }

    [Fact]
    public void A_silent_cell_tells_nothing_and_counts_not()
    {
        var before = (int)client.Run("1").Reply.Content["execution_count"]!;
        var silent = client.React(client.SendCode("Console.Write(\"x\"); 5", silent: true));
        Assert.All(silent.Published, answer => Assert.Equal("status", answer.Type));
        Assert.Equal(before, (int)client.React(client.SendCode("2", storeHistory: false)).Reply.Content["execution_count"]!);
        Assert.Equal(before + 1, (int)client.Run("3").Reply.Content["execution_count"]!);
    }

    [Fact]
    public void Expressions_are_evaluated_with_the_cell()
    {
        var ran = client.React(client.SendCode("var expressed = 20;", expressions: new JsonObject { ["good"] = "expressed + 1", ["bad"] = "unknownName" }));
        var values = ran.Reply.Content["user_expressions"]!;
        Assert.Equal("21", (string?)values["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)values["bad"]!["status"]);
        Assert.Empty(ran.Of("execute_result"));
    }

    [Fact]
    public void History_is_given_by_tail_range_and_search()
    {
        client.Run("11111 + 1");
        client.Run("22222 + 2");
        JsonArray Ask(JsonObject question) => (JsonArray)client.Ask("history_request", question).Reply.Content["history"]!;
        var tail = Ask(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true, ["raw"] = true });
        Assert.Equal(["11111 + 1", "22222 + 2"], tail.Select(entry => (string?)entry![2]![0]));
        Assert.Equal("11112", (string?)tail[0]![2]![1]);
        var start = (int)tail[0]![1]!;
        var range = Ask(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = start, ["stop"] = start + 1, ["output"] = false, ["raw"] = true });
        Assert.Equal("11111 + 1", (string?)Assert.Single(range)![2]);
        var search = Ask(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "2222? + *", ["unique"] = true, ["output"] = false, ["raw"] = true });
        Assert.Equal("22222 + 2", (string?)Assert.Single(search)![2]);
    }

    [Fact]
    public void Completions_are_placed_in_code_points()
    {
        const string Code = "var face = \"🙂🙂\"; Console.Wri";
        var points = Code.EnumerateRunes().Count();
        var reply = client.Ask("complete_request", new JsonObject { ["code"] = Code, ["cursor_pos"] = points }).Reply;
        Assert.Equal(["Write", "WriteLine"], ((JsonArray)reply.Content["matches"]!).Select(match => (string?)match));
        Assert.Equal((points - 3, points), ((int)reply.Content["cursor_start"]!, (int)reply.Content["cursor_end"]!));

        client.Run("int thicketOfNames = 1;");
        var known = client.Ask("complete_request", new JsonObject { ["code"] = "1;\nthicketO + 2", ["cursor_pos"] = 11 }).Reply;
        Assert.Equal("thicketOfNames", (string?)((JsonArray)known.Content["matches"]!)[0]);
        Assert.Equal((3, 11), ((int)known.Content["cursor_start"]!, (int)known.Content["cursor_end"]!));
    }

    [Fact]
    public void A_word_is_explained_with_its_documentation()
    {
        var found = client.Ask("inspect_request", new JsonObject { ["code"] = "Console.WriteLine(", ["cursor_pos"] = 18, ["detail_level"] = 0 }).Reply;
        Assert.True((bool)found.Content["found"]!);
        Assert.Contains("Console.WriteLine", found.Plain, StringComparison.Ordinal);
        Assert.Contains("standard output stream", found.Plain, StringComparison.Ordinal);
        Assert.False((bool)client.Ask("inspect_request", new JsonObject { ["code"] = "   ", ["cursor_pos"] = 1, ["detail_level"] = 0 }).Reply.Content["found"]!);
    }

    [Theory]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("#!who\nvar x = 1;", "complete", null)]
    [InlineData("if (true) {", "incomplete", "    ")]
    [InlineData("var x =", "incomplete", "")]
    [InlineData("x y z;", "invalid", null)]
    public void Whether_a_cell_is_complete_is_told(string code, string status, string? indent)
    {
        var reply = client.Ask("is_complete_request", new JsonObject { ["code"] = code }).Reply;
        Assert.Equal((status, indent), (reply.Text("status"), reply.Text("indent")));
    }

    [Fact]
    public void A_cell_can_ask_its_reader()
    {
        var id = client.SendCode("var line = Console.ReadLine();\nvar name = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"Name?\");\nConsole.Write(line + name);", allowInput: true);
        client.ReceiveInputRequest();
        client.AnswerInput("a ");
        Assert.Equal("Name?", client.ReceiveInputRequest().Text("prompt"));
        client.AnswerInput("b");
        Assert.Equal("a b", client.React(id).Printed());
        Assert.Equal("none", client.Run("Console.Write(Console.ReadLine() ?? \"none\");").Printed());
    }

    [Fact]
    public void A_comm_without_a_target_is_closed()
    {
        client.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "none", ["data"] = new JsonObject() });
        client.WaitFor(answer => answer.Type == "comm_close" && answer.Text("comm_id") == "c1");
    }

    [Fact]
    public void Forged_and_malformed_messages_are_dropped_and_counted()
    {
        var forged = new MessageWire("another key"u8.ToArray()).Encode("execute_request", [], null, new JsonObject { ["code"] = "Console.Write(1);" });
        client.SendRaw(forged);
        client.SendRaw(Frames("no delimiter"));
        client.SendRaw(Frames("<IDS|MSG>", "too", "few"));
        using (var plain = new TcpClient("127.0.0.1", (int)kernel.Connection["shell_port"]!)) plain.GetStream().Write("GET / HTTP/1.1\r\n\r\n"u8);
        Assert.Equal("ok", client.Run("1").Status);
        Assert.Contains("a bad signature", kernel.Errors, StringComparison.Ordinal);
        Assert.Contains("no <IDS|MSG> frame", kernel.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_front_ends_each_get_their_replies()
    {
        using var other = new KernelClient(kernel.Connection);
        other.Connect();
        var first = client.SendCode("Console.Write(\"first\");");
        var second = other.SendCode("Console.Write(\"second\");");
        Assert.Equal("second", other.React(second).Printed());
        Assert.Equal("first", client.React(first).Printed());
    }

    private static NetMQMessage Frames(params string[] texts)
    {
        var frames = new NetMQMessage();
        foreach (var text in texts) frames.Append(text);
        return frames;
    }
}
