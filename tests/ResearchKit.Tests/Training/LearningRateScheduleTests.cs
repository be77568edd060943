using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void The_warm_up_rises_from_above_zero_to_the_peak()
    {
        var factors = Enumerable.Range(1, 5).Select(step => LearningRateSchedule.Factor(step, 100, 4, Decay.Cosine)).ToArray();

        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1.0], factors);
    }

    [Theory]
    [InlineData(Decay.Constant, 1, 1, 1)]
    [InlineData(Decay.Linear, 1, 0.5, 0.1)]
    [InlineData(Decay.Cosine, 1, 0.5, 0.0244717418524232)] // (1 + cos(0.9 pi)) / 2
    public void Decay_follows_its_formula(Decay decay, double first, double middle, double last)
    {
        Assert.Equal(first, LearningRateSchedule.Factor(1, 10, 0, decay), 12);
        Assert.Equal(middle, LearningRateSchedule.Factor(6, 10, 0, decay), 12);
        Assert.Equal(last, LearningRateSchedule.Factor(10, 10, 0, decay), 12);
    }

    [Fact]
    public void A_warm_up_longer_than_the_run_never_reaches_the_peak() =>
        Assert.Equal(0.3, LearningRateSchedule.Factor(3, 3, 9, Decay.Linear), 12);

    [Fact]
    public void A_step_outside_the_run_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Factor(0, 10, 0, Decay.Linear));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Factor(11, 10, 0, Decay.Linear));
    }
}
