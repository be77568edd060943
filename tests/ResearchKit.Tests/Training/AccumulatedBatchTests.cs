using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Runtime;
using ResearchKit.Tests.Models;
using ResearchKit.Tests.Support;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class AccumulatedBatchTests : IDisposable
{
    private const int Large = 10;
    private static readonly TokenizedPair[] Pairs = Drawn(40);
    private readonly CausalLM model = TinyModels.Create();
    private readonly ReferenceLogProbs reference;

    public AccumulatedBatchTests()
    {
        using var other = TinyModels.Create(seed: 2);
        reference = ReferenceLogProbs.Precompute(other, Pairs, 0);
    }

    public void Dispose() => model.Dispose();

    // Which mean, and what a row counts for in it.
    public static TheoryData<string, int> Means => new() { { "tokens", 3 }, { "tokens", 10 }, { "rows", 3 }, { "rows", 4 }, { "pairs", 3 }, { "pairs", 1 }, { "pairs", 13 } };

    [Theory]
    [MemberData(nameof(Means))]
    public void The_parts_gradients_add_up_to_the_large_batchs(string mean, int parts)
    {
        int[] rows = [.. Enumerable.Range(0, Large)];
        var whole = Gradients(_ => new StepLoss(Mean(mean, rows)), 1);

        var batch = new AccumulatedBatch(() => rows, parts, Weight(mean));
        var added = Gradients(context => batch.Part(context, part => new StepLoss(Mean(mean, part))), parts);

        foreach (var (a, b) in whole.Zip(added)) Assert.Equal(a, b, 1e-6f);
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("rows")]
    public void A_mean_of_means_is_another_gradient(string mean)
    {
        int[] rows = [.. Enumerable.Range(0, Large)];
        int[][] parts = [rows[..2], rows[2..5], rows[5..]];
        var whole = Gradients(_ => new StepLoss(Mean(mean, rows)), 1);

        var averaged = Gradients(context => new StepLoss(Mean(mean, parts[context.Micro])), 3);

        Assert.True(whole.Zip(averaged).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-3);
    }

    [Fact]
    public void The_loop_trains_as_on_the_large_batch_and_its_history_holds_that_batchs_loss_and_metrics()
    {
        var options = new TrainerOptions { Steps = 7, LearningRate = 1e-3 };
        var lengths = TokenLengths.OfPairs(Pairs);
        StepLoss Loss(CausalLM trained, int[] rows)
        {
            var loss = TokenMean(trained, rows);
            return new StepLoss(loss, new Dictionary<string, double> { ["nll"] = loss.item<float>() });
        }
        var large = new LengthOrder(lengths, Large, new Rng(4));
        var whole = Trainer.Run(model, options, _ => Loss(model, large.Next()));

        using var other = TinyModels.Create();
        var small = new AccumulatedBatch(new LengthOrder(lengths, Large, new Rng(4)).Next, 4, Weight("tokens"));
        var parts = Trainer.Run(other, options with { Accumulation = 4 }, context => small.Part(context, rows => Loss(other, rows)));

        foreach (var column in new[] { History.Loss, History.GradientNorm, "nll" })
            foreach (var (a, b) in whole[column].Zip(parts[column])) Assert.Equal(a, b, 1e-5);
    }

    [Fact]
    public void A_stopped_run_goes_on_with_the_same_batches()
    {
        using var folder = new TempFolder();
        var options = new TrainerOptions { Steps = 6, LearningRate = 1e-2, Accumulation = 3, CheckpointFolder = folder["run"], Resume = true };
        History Run(TinyRegression task, TrainerOptions run, Action<int>? onStep, CancellationToken cancellation)
        {
            var batch = new AccumulatedBatch(task.Order.Next, 3);
            return Trainer.Run(task.Model, run, context => batch.Part(context, rows => task.LossOver(rows)), state: task.State, onStep: onStep, cancellationToken: cancellation);
        }
        using var unbroken = new TinyRegression(1);
        var expected = Run(unbroken, options with { CheckpointFolder = null, Resume = false }, null, default);

        using var stop = new CancellationTokenSource();
        using (var begun = new TinyRegression(1)) Run(begun, options, step => { if (step == 4) stop.Cancel(); }, stop.Token);
        using var resumed = new TinyRegression(1);
        var history = Run(resumed, options, null, default);

        Assert.Equal(expected.ToJson(), history.ToJson());
        Assert.Equal(unbroken.Weights(), resumed.Weights());
    }

    [Theory]
    [InlineData(2, "Accumulation is 2; a batch of 3 parts needs 3")]
    [InlineData(4, "Accumulation is above 3; a batch of 3 parts needs 3")]
    public void Another_accumulation_than_the_parts_is_an_error(int accumulation, string words)
    {
        using var task = new TinyRegression(1);
        var batch = new AccumulatedBatch(task.Order.Next, 3);

        var error = Assert.Throws<ArgumentException>(() =>
            Trainer.Run(task.Model, new TrainerOptions { Steps = 3, LearningRate = 1e-2, Accumulation = accumulation }, context => batch.Part(context, rows => task.LossOver(rows))));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private Tensor Mean(string mean, int[] rows)
    {
        using var scope = NewDisposeScope();
        if (mean == "pairs")
        {
            using var batch = PairBatch.Collate([.. rows.Select(row => Pairs[row])], 0);
            var terms = PairLogProbs.Of(model.Forward(batch.Ids), reference.Batch(rows), batch);
            return DpoLoss.Compute(terms.PolicyChosen, terms.PolicyRejected, terms.ReferenceChosen, terms.ReferenceRejected, beta: 0.1).Losses.mean().MoveToOuterDisposeScope();
        }
        if (mean == "tokens") return TokenMean(model, rows).MoveToOuterDisposeScope();
        using var answers = Answers(rows);
        return NextTokenLoss.Compute(model, answers).MoveToOuterDisposeScope();
    }

    private static Tensor TokenMean(CausalLM trained, int[] rows)
    {
        using var scope = NewDisposeScope();
        using var answers = Answers(rows);
        return SftLoss.TokenMean(LogProbs.PerToken(trained.Forward(answers.Ids), answers.Ids), answers.CompletionMask[.., 1..]).MoveToOuterDisposeScope();
    }

    private static SequenceBatch Answers(int[] rows) => SequenceBatch.Collate([.. rows.Select(row => (Pairs[row].Prompt, Pairs[row].Chosen))], 0);

    private static Func<int, double>? Weight(string mean) => mean == "tokens" ? row => Pairs[row].Chosen.Length : null;

    private float[] Gradients(Func<StepContext, StepLoss> loss, int parts)
    {
        foreach (var parameter in model.parameters()) parameter.grad = null;
        for (var micro = 0; micro < parts; micro++)
        {
            using var scope = NewDisposeScope();
            (loss(new StepContext(1, micro)).Loss / parts).backward();
        }
        return [.. model.parameters().SelectMany(parameter => parameter.grad!.data<float>().ToArray())];
    }

    private static TokenizedPair[] Drawn(int count)
    {
        var rng = new Rng(5);
        int[] Tokens(int least, int most) => [.. Enumerable.Range(0, least + rng.Next(most - least)).Select(_ => rng.Next(31))];
        return [.. Enumerable.Range(0, count).Select(_ => new TokenizedPair(Tokens(1, 6), Tokens(1, 20), Tokens(1, 20)))];
    }
}
