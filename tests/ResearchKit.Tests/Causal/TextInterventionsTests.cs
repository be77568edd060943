using ResearchKit.Causal;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Causal;

public sealed class TextInterventionsTests
{
    private const string Answer = "Water boils at 100 degrees. At altitude it boils sooner! Is that clear?";

    [Fact]
    public void Each_can_be_put_on_and_taken_off_again_and_doing_it_twice_changes_nothing()
    {
        var rng = new Rng(1);
        foreach (var intervention in TextInterventions.All)
        {
            var on = intervention.Set(Answer, true, rng);

            Assert.NotEqual(Answer, on);
            Assert.True(intervention.Holds(on) && !intervention.Holds(Answer), intervention.Name);
            Assert.Equal(on, intervention.Set(on, true, rng));
            Assert.Equal(Answer, intervention.Set(on, false, rng));
            Assert.Equal(Answer, intervention.Set(Answer, false, rng));
            Assert.All(Answer.Split(' '), word => Assert.Contains(word, on, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Bullets_make_an_item_of_each_sentence_and_unmake_lists_as_Markdown_writes_them()
    {
        var bullets = TextInterventions.All.Single(t => t.Name == "bullets");

        Assert.Equal("- Water boils at 100 degrees.\n- At altitude it boils sooner!\n- Is that clear?", bullets.Set(Answer, true, new Rng(1)));
        Assert.Equal("Three things: one two three", bullets.Set("Three things:\n* one\n  - two\n• three", false, new Rng(1)));
    }

    [Fact]
    public void They_commute_so_that_a_dressed_answer_undresses_in_any_order()
    {
        var rng = new Rng(2);
        var dressed = TextInterventions.All.Aggregate(Answer, (text, t) => t.Set(text, true, rng));

        Assert.Equal(Answer, TextInterventions.All.Reverse().Aggregate(dressed, (text, t) => t.Set(text, false, rng)));
    }
}
