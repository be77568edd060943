using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

internal static class KitReference
{
    /// <summary>The built kit's folder as a notebook in this folder references it: relative, with forward slashes.</summary>
    internal static string FolderFrom(Checkout checkout, string folder) => Path.GetRelativePath(folder, checkout.Kit).Replace('\\', '/');
}
