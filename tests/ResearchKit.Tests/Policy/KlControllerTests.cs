using ResearchKit.Policy;

namespace ResearchKit.Tests.Policy;

public sealed class KlControllerTests
{
    [Fact]
    public void The_adaptive_coefficient_moves_by_at_most_a_fifth_of_the_share_of_the_horizon()
    {
        var controller = new AdaptiveKlController(0.1, target: 2, horizon: 1000);

        controller.Update(kl: 2.2, answers: 100);
        Assert.Equal(0.1 * (1 + 0.1 * 0.1), controller.Coefficient, 15);
        controller.Update(kl: 50, answers: 100);
        Assert.Equal(0.101 * 1.02, controller.Coefficient, 15);
        controller.Update(kl: 0, answers: 100);
        Assert.Equal(0.101 * 1.02 * 0.98, controller.Coefficient, 15);
    }

    [Fact]
    public void The_fixed_one_stays()
    {
        var controller = new FixedKlController(0.3);
        controller.Update(100, 10);

        Assert.Equal(0.3, controller.Coefficient);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedKlController(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController(1, 1, 1).Update(double.NaN, 1));
    }
}
