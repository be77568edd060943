using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Session;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Session;

public sealed class AllocatorTests
{
    private const string Installed = "/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4";

    [Theory]
    [InlineData(null, null, true, Installed, Installed)]
    [InlineData("auto", "", true, Installed, Installed)]
    [InlineData("tcmalloc", null, true, Installed, Installed)]
    [InlineData("system", null, true, Installed, null)]
    [InlineData("auto", null, true, null, null)]
    [InlineData("tcmalloc", null, true, null, null)]
    [InlineData("tcmalloc", null, false, null, null)]
    [InlineData("auto", "/opt/libmimalloc.so", true, Installed, null)]
    public void Tcmalloc_is_taken_where_it_is_installed_unless_the_user_chose_otherwise(string? wanted, string? preloaded, bool linux, string? installed, string? taken)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);

        var allocator = Allocator.Choose(wanted, preloaded, linux, installed);
        allocator.Apply(environment);

        Assert.Equal(taken, allocator.Library);
        Assert.Equal(taken, environment.GetValueOrDefault("LD_PRELOAD"));
        if (wanted == "tcmalloc") Assert.Equal(taken is null, allocator.Mend.Length > 0);
    }

    [Fact]
    public void Where_it_is_missing_the_cure_is_named() =>
        Assert.Contains("apt-get install libtcmalloc-minimal4", Allocator.Choose("auto", null, true, null).Mend, StringComparison.Ordinal);

    [Fact]
    public void Another_word_is_an_error_that_names_those_there_are() =>
        Assert.Contains("RESEARCHKIT_ALLOCATOR is 'jemalloc'; it can be auto", Assert.Throws<CliException>(() => Allocator.Choose("jemalloc", null, true, null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_session_has_the_chosen_allocator_and_computes_the_same()
    {
        using var checkout = new TemporaryCheckout().Add("maps", new NotebookBuilder()
            .Code($"#r \"{Repository.Checkout.Kit.Replace('\\', '/')}/ResearchKit.dll\"\n#r \"{Repository.Checkout.Kit.Replace('\\', '/')}/TorchSharp.dll\"")
            .Code("""
                ResearchKit.Runtime.NativeTorch.Load(1);
                Console.WriteLine(System.IO.File.Exists("/proc/self/maps") && System.IO.File.ReadAllText("/proc/self/maps").Contains("tcmalloc"));
                Console.Write(TorchSharp.torch.arange(100000).to_type(TorchSharp.torch.ScalarType.Float32).sin().sum().item<float>());
                """));
        async Task<string[]> Printed(string allocator)
        {
            var run = await Rk.RunAsync(checkout.Root, new Dictionary<string, string> { ["RESEARCHKIT_ALLOCATOR"] = allocator }, "run", "maps");
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            var cell = NotebookFile.Read(Path.Combine(checkout.Out, "maps.ipynb")).Cells.Last(cell => cell.IsCode);
            return MultilineText.Join(cell.Outputs[0]!["text"]).Split('\n');
        }

        var system = await Printed("system");
        var chosen = await Printed("auto");

        Assert.Equal("False", system[0]);
        Assert.Equal((Allocator.Find().Library is not null).ToString(), chosen[0]);
        Assert.Equal(system[1], chosen[1]);
    }
}
