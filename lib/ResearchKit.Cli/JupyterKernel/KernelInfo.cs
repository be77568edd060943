using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.JupyterKernel;

internal static class KernelInfo
{
    internal static JsonObject Reply() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageWire.ProtocolVersion,
        ["implementation"] = "researchkit",
        ["implementation_version"] = ToolVersion.Text,
        ["language_info"] = NotebookRules.LanguageInfo(),
        ["banner"] = $"ResearchKit {ToolVersion.Text}: C# cells in .NET Interactive's engine",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(),
    };
}
