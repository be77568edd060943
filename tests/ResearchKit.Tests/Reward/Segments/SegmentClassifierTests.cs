using ResearchKit.Models;
using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using ResearchKit.Tests.Preference;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward.Segments;

public sealed class SegmentClassifierTests
{
    private const int Separator = 30, Stop = 9;

    [Fact]
    public void Separators_follow_the_segments_and_are_where_the_model_is_read()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using var batch = SegmentBatch.Collate([([1, 2], [5, Stop, 6, Stop, 3], [1, 3]), ([1], [3], []), ([4], [7], [0])], Separator, padId: 0);

        Assert.Equal([1L, 2, 5, Stop, Separator, 6, Stop, Separator, 3], batch.Ids[0].data<long>().ToArray());
        Assert.Equal([4L, 7, Separator, 0, 0, 0, 0, 0, 0], batch.Ids[2].data<long>().ToArray());
        Assert.Equal([4L, 7, 20], batch.Separators.data<long>().ToArray());
        var values = model.Values(batch.Ids).detach();
        var odds = SegmentClassifier.LogOdds(model, batch).detach();
        foreach (var (row, place, i) in new[] { (0, 4, 0), (0, 7, 1), (2, 2, 2) }) Assert.Equal(values[row, place].item<float>(), odds[i].item<float>());
        var accepted = SegmentClassifier.Accepts(model, batch);
        Assert.Equal([2, 0, 1], accepted.Select(row => row.Length));
        Assert.Equal(odds.gt(0).data<bool>().ToArray(), accepted.SelectMany(row => row));
    }

    [Fact]
    public void The_loss_is_the_cross_entropy_of_two_classes()
    {
        using var scope = NewDisposeScope();
        var z = Vectors.Of(0.3, -2, 5);
        var twoClasses = stack([zeros_like(z), z], 1); // logits of "error" and "no error"
        var expected = nn.functional.cross_entropy(twoClasses, tensor([1L, 0, 0]), reduction: nn.Reduction.None);

        Vectors.AssertClose([expected.Values()], [SegmentClassifier.Loss(z, tensor([1.0, 0, 0])).Values()], 1e-12);
        Assert.Throws<ArgumentException>(() => SegmentClassifier.Loss(z, zeros(2)));
    }

    [Fact]
    public void It_learns_which_segments_hold_a_certain_token()
    {
        using var model = Model();
        var rng = new Rng(7);
        (int[], int[], int[]) Draw() => ([1], [10 + rng.Next(6), Stop, 10 + rng.Next(6), Stop, 3], [1, 3]);
        static float[] Right(IEnumerable<(int[] Q, int[] Answer, int[] Ends)> rows) => [.. rows.SelectMany(row => row.Ends.Select(end => row.Answer[end - 1] < 13 ? 1f : 0f))];
        Trainer.Run(model, new TrainerOptions { Steps = 80, LearningRate = 5e-3 }, _ =>
        {
            var rows = Enumerable.Range(0, 16).Select(_ => Draw()).ToArray();
            using var batch = SegmentBatch.Collate(rows, Separator, 0);
            return new StepLoss(SegmentClassifier.Loss(SegmentClassifier.LogOdds(model, batch), tensor(Right(rows))).mean());
        });

        var fresh = Enumerable.Range(0, 50).Select(_ => Draw()).ToArray();
        using var test = SegmentBatch.Collate(fresh, Separator, 0);
        Assert.Equal(Right(fresh).Select(r => r > 0), SegmentClassifier.Accepts(model, test).SelectMany(row => row));
    }

    [Fact]
    public void Ends_outside_the_answer_are_refused() =>
        Assert.Contains("segment 1 of answer 0 ends at token 4", Assert.Throws<ArgumentException>(() => SegmentBatch.Collate([([1], [5, 6], [1, 4])], Separator, 0)).Message, StringComparison.Ordinal);

    private static RewardModel Model()
    {
        using var generator = new RandomStreams(3).Generator("model");
        return new RewardModel(CausalLM.Create(TinyModels.Config(ModelFamily.Gpt2), generator), ScalarHead.Create(24, generator, bias: true));
    }
}
