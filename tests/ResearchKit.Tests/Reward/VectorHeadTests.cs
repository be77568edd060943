using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Tests.Preference;
using ResearchKit.Text;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class VectorHeadTests
{
    private static readonly VectorHeadOptions Linear = new() { Steps = 150, LearningRate = 5e-2 };

    // Pairs under the true reward of a function of the vector; labels are right.
    private static VectorPairs Pairs(ulong seed, int count, Func<Tensor, Tensor> reward)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Vectors.Normal(seed, count, 6).to(ScalarType.Float32), Vectors.Normal(seed + 1, count, 6).to(ScalarType.Float32));
        var first = reward(a).gt(reward(b)).unsqueeze(1);
        return new VectorPairs(a.where(first, b).DetachFromDisposeScope(), b.where(first, a).DetachFromDisposeScope());
    }

    private static Tensor Sum(Tensor v) => (v * tensor([1f, -2, 0.5f, 0, 3, 1])).sum(1);

    private static Tensor Product(Tensor v) => v.select(1, 0) * v.select(1, 1);

    [Fact]
    public void A_linear_head_finds_a_linear_reward_on_pairs_it_has_not_seen()
    {
        var trained = VectorHeadTrainer.Train(Pairs(1, 400, Sum), Linear, new RandomStreams(1));

        Assert.True(trained.Head.Accuracy(Pairs(3, 400, Sum)) > 0.95);
        Assert.Equal(Math.Log(2), trained.History[History.Loss][0], 1e-6);
    }

    [Fact]
    public void A_hidden_layer_finds_a_product_which_a_linear_head_cannot()
    {
        var (train, test) = (Pairs(5, 1500, Product), Pairs(7, 500, Product));
        double Accuracy(int hidden) => VectorHeadTrainer.Train(
            train, new VectorHeadOptions { Hidden = hidden, Steps = 500, LearningRate = 3e-2, WeightDecay = 0 }, new RandomStreams(2)).Head.Accuracy(test);

        Assert.True(Accuracy(24) > 0.85);
        Assert.InRange(Accuracy(0), 0.4, 0.6);
    }

    [Fact]
    public void The_same_streams_give_the_same_head_and_other_streams_another()
    {
        var pairs = Pairs(9, 100, Sum);
        double[] Read(long seed) => VectorHeadTrainer.Train(pairs, Linear with { Hidden = 8, Steps = 20 }, new RandomStreams(seed)).Head.Read(pairs.Chosen);

        Assert.Equal(Read(1), Read(1));
        Assert.NotEqual(Read(1), Read(2));
    }

    [Fact]
    public void The_scale_of_the_vectors_does_not_matter_and_a_constant_coordinate_is_switched_off()
    {
        var pairs = Pairs(11, 200, Sum);
        var constant = ones(200, 1);
        var moved = new VectorPairs(cat([pairs.Chosen * 100 + 7, constant], 1), cat([pairs.Rejected * 100 + 7, constant], 1));
        var head = VectorHeadTrainer.Train(moved, Linear, new RandomStreams(3)).Head;

        Assert.True(head.Accuracy(moved) > 0.95);
        Assert.Equal(head.Read(moved.Chosen), head.Read(cat([moved.Chosen.narrow(1, 0, 6), constant * 1e6], 1)));
    }

    [Fact]
    public void Tie_pairs_take_a_spurious_coordinate_out_of_the_reward()
    {
        // Coordinate 5 follows the label in training; tie pairs differ in it alone.
        var pairs = Pairs(13, 300, v => v.select(1, 0) + v.select(1, 5));
        var before = Vectors.Normal(15, 300, 6).to(ScalarType.Float32);
        var after = before.clone();
        after.select(1, 5).add_(Vectors.Normal(16, 300).to(ScalarType.Float32));
        var ties = new VectorPairs(before, after, [.. Enumerable.Repeat(0.5, 300)], [.. Enumerable.Repeat(3.0, 300)]);
        double Reaction(VectorPairs training)
        {
            var head = VectorHeadTrainer.Train(training, Linear, new RandomStreams(4)).Head;
            return head.Read(before).Zip(head.Read(after), (a, b) => Math.Abs(a - b)).Average();
        }

        Assert.True(Reaction(pairs.Concat(ties)) < 0.5 * Reaction(pairs));
    }

    [Fact]
    public void A_weight_of_nought_is_a_pair_left_out_and_a_label_of_nought_a_pair_turned_round()
    {
        var pairs = Pairs(17, 3, Sum);
        var head = VectorHeadTrainer.Train(pairs, Linear with { Steps = 5 }, new RandomStreams(5)).Head;
        var some = VectorHeadTrainer.Losses(head, new VectorPairs(pairs.Chosen, pairs.Rejected, [1, 0, 0.5], [1, 2, 0])).to(ScalarType.Float64).Values();
        var (w, l) = (head.Read(pairs.Chosen), head.Read(pairs.Rejected));
        double Loss(double ahead) => Math.Log(1 + Math.Exp(-ahead));

        Assert.Equal(Loss(w[0] - l[0]), some[0], 1e-5);
        Assert.Equal(2 * Loss(l[1] - w[1]), some[1], 1e-5);
        Assert.Equal(0, some[2]);
    }

    [Fact]
    public void Features_are_the_answer_and_its_product_with_the_prompt()
    {
        var features = AnswerVectors.Of(new Letters(), ["bab", "b"], ["aab", "ba"], maxCharacters: 2);

        Assert.Equal([2f, 0, 2, 0, 1, 1, 0, 1], features.data<float>().ToArray());
    }

    [Fact]
    public void Bad_pairs_are_refused_by_name()
    {
        var vectors = zeros(2, 3);
        Assert.Contains("chosen is [2,3], rejected [3,3]", Assert.Throws<ArgumentException>(() => new VectorPairs(vectors, zeros(3, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("pair 1 has 1.5", Assert.Throws<ArgumentException>(() => new VectorPairs(vectors, vectors, [1, 1.5])).Message, StringComparison.Ordinal);
        Assert.Contains("pair 0 has -1", Assert.Throws<ArgumentException>(() => new VectorPairs(vectors, vectors, weight: [-1, 1])).Message, StringComparison.Ordinal);
        var head = VectorHeadTrainer.Train(new VectorPairs(vectors, vectors), Linear with { Steps = 1 }, new RandomStreams(6)).Head;
        Assert.Contains("trained on [N,3]", Assert.Throws<ArgumentException>(() => head.Scores(zeros(2, 4))).Message, StringComparison.Ordinal);
    }

    /// <summary>Counts of a and b.</summary>
    private sealed class Letters : ITextEncoder
    {
        public string Version => "letters";

        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(text => new float[] { text.Count(c => c == 'a'), text.Count(c => c == 'b') })];
    }
}
