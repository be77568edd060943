using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class VectorFieldTests
{
    [Fact]
    public void The_longest_arrow_has_the_length_asked_for_and_the_others_are_in_proportion()
    {
        var field = VectorField.Arrows("step", [(0, 0), (1, 1)], (x, _) => x == 0 ? (3, 4) : (0, -2.5), 2);

        Assert.Equal(12, field.X.Length);
        Assert.Equal(1.2, field.X[1], 12);
        Assert.Equal(1.6, field.Y[1], 12);
        Assert.Equal((1, 0), (field.X[7], field.Y[7]));
        Assert.True(double.IsNaN(field.X[5]) && double.IsNaN(field.Y[11]));
        // Both barbs lie behind the tip, mirrored about the arrow.
        Assert.Equal(2 * 1.2 - 2 * 0.28 * 1.2, field.X[2] + field.X[4], 12);
    }

    [Fact]
    public void No_motion_is_a_gap_and_a_field_is_drawn_as_curves_are()
    {
        var still = VectorField.Arrows("step", [(0, 0)], (_, _) => (0, 0), 1);

        Assert.True(double.IsNaN(Assert.Single(still.X)));
        var moving = VectorField.Arrows("step", [(0, 0)], (_, _) => (1, 0), 1);
        Assert.Contains("step", Chart.Curves("field", new Axis("x"), new Axis("y"), [moving]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_without_points_or_with_an_infinite_vector_is_refused()
    {
        Assert.Throws<FigureException>(() => VectorField.Arrows("step", [], (_, _) => (1, 1), 1));
        var error = Assert.Throws<FigureException>(() => VectorField.Arrows("step", [(0, 2)], (_, _) => (double.NaN, 1), 1));
        Assert.Contains("(0, 2)", error.Message, StringComparison.Ordinal);
    }
}
