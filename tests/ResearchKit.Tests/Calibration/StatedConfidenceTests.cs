using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class StatedConfidenceTests
{
    [Fact]
    public void Tenths_percent_and_more_are_told_apart_by_their_size() =>
        Assert.Equal([0.7, 1, 0.85, 1, 1], StatedConfidence.Shares([7, 10, 85, 100, 250]));

    [Fact]
    public void A_missing_one_gets_the_commonest()
    {
        Assert.Equal([0.8, 0.3, 0.8, 0.8], StatedConfidence.Shares([8, 3, 8, null]));
        Assert.Equal([0.9, 0.3, 0.9], StatedConfidence.Shares([9, 3, null]));
        Assert.Equal([0.9, 0.9], StatedConfidence.Shares([90, null]));
        Assert.Equal([0.5, 0.5], StatedConfidence.Shares([null, null]));
    }

    [Fact]
    public void A_negative_one_is_refused() =>
        Assert.Contains("confidence 1 is -2", Assert.Throws<ArgumentException>(() => StatedConfidence.Shares([1, -2])).Message, StringComparison.Ordinal);
}
