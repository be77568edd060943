using ResearchKit.Models;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>State beside losses: TR-DPO's reference and β-DPO's draw.</summary>
public sealed class ReferenceScheduleTests
{
    [Fact]
    public void A_soft_update_moves_the_reference_and_a_hard_one_makes_it_the_policy()
    {
        using var generator = new Generator(1);
        using var policy = CausalLM.Create(ModelConfig.Tiny(11, 8, 1, 2, 6), generator);
        using var reference = policy.FrozenCopy();
        using (no_grad())
        {
            foreach (var parameter in policy.parameters()) parameter.add_(1);
        }
        using var before = reference.parameters().First().clone();

        ReferenceUpdate.Apply(policy, reference, 0.6);

        Assert.True((reference.parameters().First() - (before + 0.6)).abs().max().item<float>() < 1e-6);
        ReferenceUpdate.Apply(policy, reference, 1);
        Assert.All(policy.parameters().Zip(reference.parameters()), pair => Assert.True(pair.First.allclose(pair.Second)));
        Assert.All(reference.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void Models_of_other_shapes_are_refused_and_updates_are_due_every_tau_steps()
    {
        using var generator = new Generator(1);
        using var policy = CausalLM.Create(ModelConfig.Tiny(11, 8, 1, 2, 6), generator);
        using var other = CausalLM.Create(ModelConfig.Tiny(11, 8, 2, 2, 6), generator);

        Assert.Throws<ArgumentException>(() => ReferenceUpdate.Apply(policy, other, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReferenceUpdate.Apply(policy, policy, 0));
        Assert.Equal([4, 8], Enumerable.Range(0, 10).Where(step => ReferenceUpdate.IsDue(step, 4)));
    }

    [Fact]
    public void Beta_DPO_draws_a_share_of_the_pairs_near_the_running_mean()
    {
        using var generator = new Generator(3);
        var gaps = Vectors.Of(0, 0.1, -0.1, 0.2, 500);
        var weights = BetaDpoLoss.Weights(gaps, new RunningSpread(0, 1));

        Vectors.AssertClose([[1, 1, 1, 1, 0]], [BetaDpoLoss.Draw(weights, 0.2, generator).Values()], 0);
        Assert.Equal(3, BetaDpoLoss.Draw(weights, 0.4, generator).sum().item<double>());
        Assert.Equal(5, BetaDpoLoss.Draw(ones(5), 0, generator).sum().item<float>());
        Assert.Equal(1, weights[0].item<double>());
        Assert.Equal(0, weights[4].item<double>());
    }

    [Fact]
    public void Beta_DPO_raises_beta_where_kept_gaps_are_large_and_never_under_its_floor()
    {
        Tensor kept = ones(2, dtype: ScalarType.Float64), zero = zeros(2, dtype: ScalarType.Float64);
        double Used(double gap) => BetaDpoLoss.Compute(full_like(zero, gap), zero, kept, new RunningSpread(0, 1), 0.1, 0.6).Beta;

        Assert.Equal(0.1, Used(0), 14);
        Assert.Equal(0.1 * (1 + 0.6 * 2), Used(2), 14);
        Assert.Equal(1e-3, Used(-10), 14);
    }

    [Fact]
    public void Settings_outside_their_range_and_shapes_that_would_broadcast_are_refused()
    {
        var (x, column) = (zeros(3), zeros(3, 1));

        Assert.Throws<ArgumentException>(() => HingeLoss.Compute(x, column, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApoZeroLoss.Compute(x, x, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustDpoLoss.Compute(x, x, 0.1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExoLoss.Compute(x, x, 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DpoShiftLoss.Compute(x, x, 0.1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KtoLoss.Compute(x, x, 0.1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiPoLoss.Compute(x, x, 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LengthDesensitizedDpoLoss.Compute(column, column, column, column, 0.1, 1.5));
        Assert.Throws<ArgumentException>(() => OdpoLoss.Compute(x, x, x, 0.1, 1));
    }

    [Fact]
    public void A_loss_leaves_only_its_three_results_alive()
    {
        using var scope = NewDisposeScope();
        var (w, l) = (Vectors.Of(1, 2), Vectors.Of(0, 3));
        var before = scope.DisposablesCount;

        FDivergenceDpoLoss.Compute(w, l, 0.1, DivergenceKind.ReverseKl);
        AlphaPoLoss.Compute(-w, -l, 0.1, 0.5, 0.25);
        MpoLoss.Compute(w, l, w, 0.1);

        // Two negated inputs of the second call are the test's own.
        Assert.Equal(before + 9 + 2, scope.DisposablesCount);
    }
}
