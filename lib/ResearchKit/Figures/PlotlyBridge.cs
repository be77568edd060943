using System.Reflection;
using System.Runtime.Loader;

namespace ResearchKit.Figures;

/// <summary>
/// Draws figures with Plotly.NET, which lives with its F# dependencies in a load context of its own: a notebook's
/// kernel holds another FSharp.Core. One function from text to text crosses the border.
/// </summary>
public static class PlotlyBridge
{
    private const string Drawer = "ResearchKit.Plotly";
    private static readonly Lazy<PlotlyContext> Context = new(() => new PlotlyContext(FindFolder()));
    private static readonly Lazy<Func<string, string>> Entry = new(FindEntry);

    /// <summary>The folder that holds the drawing assembly and what it needs.</summary>
    /// <exception cref="FigureException">There is none beside the kit: the build is incomplete.</exception>
    public static string Folder => Context.Value.Folder;

    /// <summary>The figure as Plotly's JSON object {data, layout, config}; the same figure always gives the same bytes.</summary>
    /// <exception cref="FigureException">The drawing assembly is missing or fails.</exception>
    public static string Json(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Entry.Value(FigureJson.Write(figure));
    }

    /// <summary>plotly.js itself (minified), the version that Plotly.NET writes for, from that assembly's own resources.</summary>
    /// <exception cref="FigureException">The resource is not there.</exception>
    public static string Script()
    {
        var assembly = Context.Value.LoadFromAssemblyName(new AssemblyName("Plotly.NET"));
        var name = ScriptName(assembly)
            ?? throw new FigureException($"'{assembly.Location}' holds no plotly.js; set plotly.source to file or cdn in environment.json.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The version of plotly.js that <see cref="Script"/> gives, "2.28.0" for example; null when there is none.</summary>
    public static string? ScriptVersion() =>
        ScriptName(Context.Value.LoadFromAssemblyName(new AssemblyName("Plotly.NET"))) is { } name
            ? name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..^".min.js".Length]
            : null;

    private static string? ScriptName(Assembly assembly) => assembly.GetManifestResourceNames()
        .FirstOrDefault(n => n.Contains("plotly-", StringComparison.Ordinal) && n.EndsWith(".min.js", StringComparison.Ordinal));

    private static Func<string, string> FindEntry()
    {
        var type = Context.Value.LoadFromAssemblyName(new AssemblyName(Drawer)).GetType($"{Drawer}.Entry", throwOnError: true)!;
        return type.GetMethod("Draw")!.CreateDelegate<Func<string, string>>();
    }

    private static string FindFolder()
    {
        var homes = new[] { Path.GetDirectoryName(typeof(PlotlyBridge).Assembly.Location) ?? "", AppContext.BaseDirectory };
        return homes.Where(h => h.Length > 0).Select(h => Path.Combine(h, "plotly"))
            .FirstOrDefault(f => File.Exists(Path.Combine(f, Drawer + ".dll")))
            ?? throw new FigureException($"{Drawer}.dll is not in {string.Join(" or ", homes.Select(h => Path.Combine(h, "plotly")))}. Build the kit with `dotnet build ResearchKit.sln`.");
    }

    private sealed class PlotlyContext(string folder) : AssemblyLoadContext("researchkit-plotly")
    {
        internal string Folder { get; } = folder;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(Folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
