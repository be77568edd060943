using ResearchKit.Interactive;

namespace ResearchKit.Tests.Interactive;

public sealed class FirstFigureTests
{
    [Fact]
    public void The_figure_drawn_ahead_is_a_whole_one() => Assert.Contains("\"data\"", FirstFigure.Draw(), StringComparison.Ordinal);
}
