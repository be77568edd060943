namespace ResearchKit.Tests.Support;

/// <summary>A folder of one test's own, deleted after it.</summary>
internal sealed class TempFolder : IDisposable
{
    internal TempFolder() => Root = Directory.CreateTempSubdirectory("researchkit-test-").FullName;

    internal string Root { get; }

    internal string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
