using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public sealed class LengthOrderTests
{
    // Lengths as answers have them: many short, a few long (log-normal, median 60).
    private static readonly int[] Lengths = Drawn(2003);

    [Fact]
    public void Every_epoch_gives_every_example_once_in_other_batches()
    {
        var order = new LengthOrder(Lengths, 16, new Rng(1));
        var first = Epoch(order);
        Assert.Equal(1, order.Epoch);
        var second = Epoch(order);

        foreach (var epoch in new[] { first, second })
        {
            Assert.Equal(Enumerable.Range(0, 2003), epoch.SelectMany(batch => batch).Order());
            Assert.Equal([3], epoch.Select(batch => batch.Length).Where(size => size != 16));
        }
        Assert.Empty(first.Select(batch => string.Join(' ', batch)).Intersect(second.Select(batch => string.Join(' ', batch))));
    }

    [Fact]
    public void The_order_follows_from_the_seed_alone()
    {
        var one = Epoch(new LengthOrder(Lengths, 16, new Rng(7)));
        var two = Epoch(new LengthOrder(Lengths, 16, new Rng(7)));
        var other = Epoch(new LengthOrder(Lengths, 16, new Rng(8)));

        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
        Assert.Equal([51, 188, 1304, 531, 755], one[0][..5]); // on every machine
    }

    [Fact]
    public void Little_of_a_batch_is_padding_where_a_plain_shuffle_pads_half()
    {
        var plain = TokenLengths.PaddedShare(Lengths, Epoch(new DataOrder(Lengths.Length, 16, new Rng(1))));
        var sorted = TokenLengths.PaddedShare(Lengths, Epoch(new LengthOrder(Lengths, 16, new Rng(1))));

        Assert.InRange(plain, 0.45, 0.6);
        Assert.InRange(sorted, 0, 0.1);
        Assert.Equal(plain, TokenLengths.PaddedShare(Lengths, Epoch(new LengthOrder(Lengths, 16, new Rng(1), window: 1))), 0.03);
    }

    [Fact]
    public void Long_and_short_batches_come_mixed_not_by_falling_length()
    {
        var means = Epoch(new LengthOrder(Lengths, 16, new Rng(1))).Select(batch => batch.Average(i => Lengths[i])).ToArray();

        var rises = means.Zip(means.Skip(1)).Count(pair => pair.Second > pair.First);
        Assert.InRange(rises, 40, 85); // of 125; a sorted order has none or all
    }

    [Fact]
    public void Pairs_are_ordered_by_what_their_batch_is_padded_to()
    {
        var rng = new Rng(3);
        int[] Tokens(int most) => new int[1 + rng.Next(most)];
        TokenizedPair[] pairs = [.. Enumerable.Range(0, 400).Select(_ => new TokenizedPair(Tokens(20), Tokens(60), Tokens(60)))];
        var lengths = TokenLengths.OfPairs(pairs);

        Assert.Equal(pairs[5].Prompt.Length + Math.Max(pairs[5].Chosen.Length, pairs[5].Rejected.Length), lengths[5]);
        Assert.Equal(pairs[5].Prompt.Length + pairs[5].Chosen.Length + pairs[5].Rejected.Length, TokenLengths.OfSharedPrompts(pairs)[5]);
        Assert.Equal([3, 2], TokenLengths.OfRows([([1], [2, 3]), ([], [4, 5])]));
        // What a batch of pairs really holds, padding within pairs included: 2 rows of its width a pair.
        long Cells(IEnumerable<int[]> epoch) => epoch.Sum(batch =>
        {
            using var collated = PairBatch.Collate([.. batch.Select(i => pairs[i])], 0);
            return collated.Ids.numel();
        });
        Assert.True(Cells(Epoch(new LengthOrder(lengths, 8, new Rng(1)))) < 0.8 * Cells(Epoch(new DataOrder(400, 8, new Rng(1)))));
    }

    [Fact]
    public void A_restored_order_goes_on_as_the_saved_one_from_every_place()
    {
        int[] lengths = [5, 3, 9, 9, 1, 7, 2, 2, 8, 4];
        for (var done = 0; done < 9; done++)
        {
            var order = new LengthOrder(lengths, 4, new Rng(2), window: 2);
            for (var i = 0; i < done; i++) order.Next();
            var saved = order.Save().ToJsonString();
            var restored = new LengthOrder(lengths, 4, new Rng(99), window: 2);
            restored.Next();
            restored.Restore(JsonNode.Parse(saved)!);

            Assert.Equal(order.Epoch, restored.Epoch);
            for (var i = 0; i < 9; i++) Assert.Equal(order.Next(), restored.Next());
        }
    }

    [Theory]
    [InlineData("""{"described":"3 examples of 6 tokens in batches of 2, 1 to a window","epoch":0,"position":0,"rng":[1,2,3,4]}""", "over 3 examples of 6 tokens")]
    [InlineData("""{"described":"3 examples of 7 tokens in batches of 2, 1 to a window","epoch":0,"position":2,"rng":[1,2,3,4]}""", "position 2")]
    [InlineData("""{"described":"3 examples of 7 tokens in batches of 2, 1 to a window","epoch":0,"position":1,"rng":[1,2,3]}""", "3 words")]
    [InlineData("""{"count":3,"epoch":0,"position":0,"rng":[1,2,3,4]}""", "not that of an order by length")]
    public void A_state_that_does_not_fit_is_refused(string state, string words)
    {
        var order = new LengthOrder([1, 2, 4], 2, new Rng(3));

        Assert.Contains(words, Assert.Throws<CheckpointException>(() => order.Restore(JsonNode.Parse(state)!)).Message, StringComparison.Ordinal);
    }

    private static int[] Drawn(int count)
    {
        var rng = new Rng(5);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Clamp((int)(60 * Math.Exp(0.5 * rng.NextNormal())), 4, 1024))];
    }

    private static int[][] Epoch(LengthOrder order) => [.. Enumerable.Range(0, order.BatchesPerEpoch).Select(_ => order.Next())];

    private static int[][] Epoch(DataOrder order) => [.. Enumerable.Range(0, order.BatchesPerEpoch).Select(_ => order.Next())];
}
