using ResearchKit.Causal;

namespace ResearchKit.Tests.Causal;

public sealed class AnswerModelTests
{
    private static readonly AnswerModel Model = new(
        new AnswerFeature("relevance", AttributeRole.Causal), new AnswerFeature("factuality", AttributeRole.Causal),
        new AnswerFeature("length", AttributeRole.Spurious), new AnswerFeature("bullets", AttributeRole.Spurious));

    [Fact]
    public void The_true_reward_is_independent_of_style_given_query_and_causal_attributes_and_of_nothing_less()
    {
        var graph = Model.Graph;

        Assert.True(graph.Separated("length", AnswerModel.TrueReward, [AnswerModel.Query, "relevance", "factuality"]));
        Assert.False(graph.Separated("length", AnswerModel.TrueReward, [AnswerModel.Query]));
        Assert.False(graph.Separated("length", AnswerModel.TrueReward, [AnswerModel.Query, "relevance"]));
        Assert.True(graph.Separated("length", AnswerModel.Preference, [AnswerModel.Writer]));
    }

    [Fact]
    public void Style_s_effect_on_a_learned_reward_is_read_only_with_the_back_doors_closed()
    {
        bool Reads(params string[] held) => Model.Graph.ClosesBackDoors("length", AnswerModel.LearnedReward, held);

        Assert.False(Reads());
        Assert.True(Reads(AnswerModel.Writer));
        Assert.True(Reads(AnswerModel.Query, "relevance", "factuality", "bullets"));
        Assert.False(Reads(AnswerModel.Query, "relevance", "factuality"));
        // Holding a common effect of query and writer makes the two dependent, so the query must be held as well.
        Assert.False(Reads("relevance", "factuality", "bullets"));
        // The score itself is an effect of the length: to hold it is to hide what is asked.
        Assert.False(Reads(AnswerModel.Writer, AnswerModel.LearnedReward));
    }

    [Fact]
    public void The_three_kinds_of_path_separate_as_they_should()
    {
        CausalGraph chain = new([("a", "b"), ("b", "c")]), fork = new([("b", "a"), ("b", "c")]), collider = new([("a", "b"), ("c", "b"), ("b", "d")]);

        Assert.False(chain.Separated("a", "c"));
        Assert.True(chain.Separated("a", "c", "b"));
        Assert.False(fork.Separated("a", "c"));
        Assert.True(fork.Separated("a", "c", "b"));
        Assert.True(collider.Separated("a", "c"));
        Assert.False(collider.Separated("a", "c", "b"));
        Assert.False(collider.Separated("a", "c", "d"));
    }

    [Fact]
    public void Circles_unknown_nodes_and_answers_without_quality_are_refused()
    {
        Assert.Contains("circular", Assert.Throws<CausalException>(() => new CausalGraph([("a", "b"), ("b", "c"), ("c", "a")])).Message, StringComparison.Ordinal);
        Assert.Contains("'size' is not in the graph", Assert.Throws<CausalException>(() => Model.Graph.Separated("size", "length")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AnswerModel(new AnswerFeature("length", AttributeRole.Spurious)));
        Assert.Throws<ArgumentException>(() => new AnswerModel(new AnswerFeature("a", AttributeRole.Causal), new AnswerFeature("a", AttributeRole.Spurious)));
        Assert.Equal(["length", "bullets"], Model.Names(AttributeRole.Spurious));
    }
}
