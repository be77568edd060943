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
    public void Clipping_equals_torchs_clip_grad_norm(double limit)
    {
        using var fused = new TinyRegression(12);
        using var stock = new TinyRegression(12);
        using var optimizer = Optimizer(fused);
        using var scope = NewDisposeScope();
        fused.LossOver([1, 2, 3]).Loss.backward();
        stock.LossOver([1, 2, 3]).Loss.backward();

        var norm = optimizer.ClipGradients(limit);
        var expected = nn.utils.clip_grad_norm_(stock.Model.parameters(), limit);

        Assert.Equal(expected, norm, 1e-6);
        Assert.Equal(Gradients(stock), Gradients(fused));
    }

    [Fact]
    public void Without_a_limit_the_norm_is_measured_and_nothing_is_scaled()
    {
        using var task = new TinyRegression(12);
        using var optimizer = Optimizer(task);
        using var scope = NewDisposeScope();
        task.LossOver([1, 2, 3]).Loss.backward();
        var before = Gradients(task);

        var norm = optimizer.ClipGradients(0);

        Assert.Equal(Math.Sqrt(before.Sum(g => (double)g * g)), norm, 1e-6);
        Assert.Equal(before, Gradients(task));
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_its_step_does_not_count()
    {
        using var scope = NewDisposeScope();
        var used = ones(2, requires_grad: true);
        var unused = ones(2, requires_grad: true);
        using var optimizer = new FusedAdamW([("used", used), ("unused", unused)], weightDecay: 0.5);
        used.sum().backward();

        optimizer.Step(0.1);

        Assert.Equal(1f, optimizer.State["used.step"].item<float>());
        Assert.Equal(0f, optimizer.State["unused.step"].item<float>());
        Assert.Equal(new[] { 1f, 1f }, unused.data<float>().ToArray());
        Assert.Equal(1f - 0.1f * 0.5f - 0.1f, used.data<float>()[0], 1e-6f);
    }

    private static FusedAdamW Optimizer(TinyRegression task, double weightDecay = 0) =>
        new([.. task.Model.named_parameters().Select(item => (item.name, (Tensor)item.parameter))], weightDecay: weightDecay);

    private static float[] Gradients(TinyRegression task) => [.. task.Model.parameters().SelectMany(p => p.grad!.data<float>().ToArray())];
}
