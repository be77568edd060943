using System.Text.Json.Nodes;
using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>A kernelspec: the folder by which Jupyter and VS Code find a kernel and learn how to start it.</summary>
internal sealed record KernelSpec(string Name, JsonObject Json)
{
    internal const string OwnName = "researchkit";
    internal const string OfficialName = ".net-csharp";

    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png"];

    /// <summary>This checkout's kernel.</summary>
    internal static KernelSpec Own(string? name)
    {
        var json = Spec("ResearchKit (C#)", [SessionProcess.DotnetHost, "exec", typeof(KernelSpec).Assembly.Location, "kernel", "start", "{connection_file}"]);
        json["interrupt_mode"] = "message";
        return new KernelSpec(name ?? OwnName, json);
    }

    /// <summary>The real kernel, from the pinned tool; <paramref name="tool"/> is the tool's folder.</summary>
    internal static KernelSpec Official(string tool, string? name) => new(
        name ?? OfficialName,
        Spec(".NET (C#)", [SessionProcess.DotnetHost, DotnetInteractiveTool.App(tool), "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-local-only"]));

    /// <summary>Writes the folder NAME under <paramref name="kernels"/> and gives it.</summary>
    internal string Write(string kernels)
    {
        var folder = Path.Combine(kernels, Name);
        foreach (var logo in Logos)
        {
            using var image = typeof(KernelSpec).Assembly.GetManifestResourceStream(logo)!;
            using var bytes = new MemoryStream();
            image.CopyTo(bytes);
            AtomicFile.Write(Path.Combine(folder, logo), bytes.ToArray());
        }
        AtomicFile.Write(Path.Combine(folder, "kernel.json"), JsonText.Bytes(Json, indent: 1));
        return folder;
    }

    private static JsonObject Spec(string displayName, IEnumerable<string> arguments)
    {
        var environment = new JsonObject();
        foreach (var (name, value) in SessionEnvironment.Defaults()) environment[name] = value;
        return new JsonObject
        {
            ["argv"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]),
            ["display_name"] = displayName,
            ["language"] = "C#",
            ["env"] = environment,
        };
    }
}
