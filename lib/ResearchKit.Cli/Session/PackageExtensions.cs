using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using ResearchKit.Cli.Export;

namespace ResearchKit.Cli.Session;

/// <summary>
/// What the tool does with a package's kernel extensions and the engine's packages do not: finds them and loads them.
/// Everything is done by a cell of its own, which runs before the next one: its types are the ones that cells see.
/// </summary>
internal static class PackageExtensions
{
    private const string DrawerName = "ResearchKit.PlotlyHtml";

    internal static void Load(Kernel kernel, IEnumerable<ResolvedPackageReference> packages)
    {
        var paths = packages.SelectMany(package => package.AssemblyPaths).ToList();
        var code = new StringBuilder();
        foreach (var type in paths.SelectMany(Extensions)) code.Append($"{{ Microsoft.DotNet.Interactive.IKernelExtension extension = new {type}(); await extension.OnLoadAsync(Microsoft.DotNet.Interactive.KernelInvocationContext.Current.HandlingKernel); }}\n");
        if (paths.Any(path => Path.GetFileName(path) == "Plotly.NET.dll")) code.Append(Charts());
        if (code.Length > 0) kernel.DeferCommand(new SubmitCode(code.ToString()));
    }

    // Plotly.NET's own form loads plotly.js from an address: nothing would draw offline. A chart is drawn as the kit's figures are.
    private static string Charts()
    {
        AppDomain.CurrentDomain.SetData(DrawerName, (Func<string, string>)PlotlyHtml.Of);
        return $$"""
            {
                Func<Plotly.NET.GenericChart, string> json = Plotly.NET.GenericChart.toJson;
                var html = (Func<string, string>)AppDomain.CurrentDomain.GetData("{{DrawerName}}");
                void Form(string mime, Func<Plotly.NET.GenericChart, string> form) =>
                    Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Plotly.NET.GenericChart>((chart, writer) => writer.Write(form(chart)), mime);
                Form("text/html", chart => html(json(chart)));
                Form("text/plain", chart => "a Plotly chart");
                Form("{{Running.KitMimes.Plotly}}", json);
                Microsoft.DotNet.Interactive.Formatting.Formatter.SetPreferredMimeTypesFor(typeof(Plotly.NET.GenericChart), "text/html", "text/plain", "{{Running.KitMimes.Plotly}}");
            }
            """;
    }

    // Read from the file's metadata: loading it here would make a second copy of its types.
    private static IEnumerable<string> Extensions(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return [];
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.Attributes.HasFlag(TypeAttributes.Public) && type.GetInterfaceImplementations().Any(handle => IsExtension(metadata, metadata.GetInterfaceImplementation(handle).Interface)))
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    private static bool IsExtension(MetadataReader metadata, EntityHandle type) =>
        type.Kind == HandleKind.TypeReference && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == nameof(IKernelExtension);
}
