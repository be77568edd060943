using ResearchKit.Runtime;
using TorchSharp;

namespace ResearchKit.Tests.Runtime;

public sealed class NativeTorchTests
{
    [Fact]
    public void Torch_multiplies_two_matrices_in_a_test_process()
    {
        using var a = torch.ones(2, 3);
        using var b = torch.ones(3, 2);
        using var c = a.matmul(b);

        Assert.Equal(12f, c.sum().item<float>());
    }

    [Fact]
    public void A_second_load_reports_the_first_ones_settings()
    {
        var report = NativeTorch.Load(threads: 7);

        Assert.Equal(1, report.Threads);
        Assert.NotEmpty(report.WaitPolicy);
    }
}
