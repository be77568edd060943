using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class FusedAdamWTests
{
    [Fact]
    public void Two_hundred_steps_equal_the_stock_optimizer_within_1e_6()
    {
        using var fused = new TinyRegression(11);
        using var stock = new TinyRegression(11);
        using var optimizer = Optimizer(fused, weightDecay: 0.1);
        using var reference = optim.AdamW(stock.Model.parameters(), lr: 0.003, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.1);
        for (var step = 0; step < 200; step++)
        {
            using var scope = NewDisposeScope();
            var batch = fused.Order.Next();
            optimizer.ZeroGrad();
            fused.LossOver(batch).Loss.backward();
            optimizer.Step(0.003);

            reference.zero_grad();
            stock.LossOver(batch).Loss.backward();
            reference.step();
        }

        foreach (var (a, b) in fused.Weights().Zip(stock.Weights())) Assert.Equal(b, a, 1e-6f);
    }

    [Theory]
    [InlineData(0.05)] // scales down
    [InlineData(1000)] // leaves alone
    [InlineData(0)]    // measures only
    public void Clipping_scales_by_min_1_limit_over_norm(double limit)
    {
        using var task = new TinyRegression(12);
        using var optimizer = Optimizer(task);
        using var scope = NewDisposeScope();
        task.LossOver([1, 2, 3]).Loss.backward();
        var before = Gradients(task);

        var norm = optimizer.ClipGradients(limit);

        Assert.Equal(Math.Sqrt(before.Sum(g => (double)g * g)), norm, 1e-6);
        var factor = limit > 0 ? Math.Min(1, limit / (norm + 1e-6)) : 1;
        foreach (var (was, now) in before.Zip(Gradients(task))) Assert.Equal(was * factor, now, 1e-7);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_its_step_does_not_count()
    {
        using var scope = NewDisposeScope();
        var used = nn.Parameter(ones(2));
        var unused = nn.Parameter(ones(2));
        using var optimizer = new FusedAdamW([("used", used), ("unused", unused)], weightDecay: 0.5);
        used.sum().backward();

        optimizer.Step(0.1);

        Assert.Equal(1f, optimizer.State["used.step"].item<float>());
        Assert.Equal(0f, optimizer.State["unused.step"].item<float>());
        Assert.Equal(new[] { 1f, 1f }, unused.data<float>().ToArray());
        Assert.Equal(1f - 0.1f * 0.5f - 0.1f, used.data<float>()[0], 1e-6f);
    }

    private static FusedAdamW Optimizer(TinyRegression task, double weightDecay = 0) =>
        new([.. task.Model.named_parameters().Select(item => (item.name, item.parameter))], weightDecay: weightDecay);

    private static float[] Gradients(TinyRegression task) => [.. task.Model.parameters().SelectMany(p => p.grad!.data<float>().ToArray())];
}
