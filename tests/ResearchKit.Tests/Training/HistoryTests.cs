using ResearchKit.Checkpoints;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public sealed class HistoryTests
{
    [Fact]
    public void Columns_are_as_long_as_the_steps_and_hold_NaN_where_a_step_was_silent()
    {
        var history = new History();
        history.Add(1, new Dictionary<string, double> { ["loss"] = 2 });
        history.Add(2, new Dictionary<string, double> { ["margin"] = 0.5 });

        Assert.Equal([2, double.NaN], history["loss"]);
        Assert.Equal([double.NaN, 0.5], history["margin"]);
        Assert.Equal(0.5, history.Last("margin"));
        Assert.Contains("loss, margin", Assert.Throws<KeyNotFoundException>(() => history["accuracy"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => history.Add(2, new Dictionary<string, double>()));
    }

    [Fact]
    public void It_comes_back_from_JSON_bit_for_bit()
    {
        var history = new History();
        history.Add(1, new Dictionary<string, double> { ["a"] = 0.1 + 0.2, ["b"] = double.NaN });
        history.Add(3, new Dictionary<string, double> { ["a"] = double.NegativeInfinity, ["b"] = -0.0 });

        var back = History.FromJson(history.ToJson());

        Assert.Equal(history.Steps, back.Steps);
        foreach (var column in history.Columns)
            Assert.Equal(history[column].Select(BitConverter.DoubleToInt64Bits), back[column].Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData("", "not readable")]
    [InlineData("null", "steps or columns are missing")]
    [InlineData("{}", "steps or columns are missing")]
    [InlineData("""{"stopped":false,"steps":[1,2],"columns":{"a":[1]}}""", "column 'a' holds 1 values, expected 2")]
    [InlineData("""{"stopped":false,"steps":[1],"columns":{"a":null}}""", "column 'a' holds 0 values, expected 1")]
    [InlineData("""{"stopped":false,"steps":["x"],"columns":{}}""", "not readable")]
    public void Bad_JSON_is_refused(string json, string words) =>
        Assert.Contains(words, Assert.Throws<CheckpointException>(() => History.FromJson(json)).Message, StringComparison.Ordinal);
}
