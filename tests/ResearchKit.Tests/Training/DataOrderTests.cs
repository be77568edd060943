using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Runtime;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public sealed class DataOrderTests
{
    [Fact]
    public void Every_epoch_gives_every_example_once_in_another_order()
    {
        var order = new DataOrder(10, 4, new Rng(1));
        var first = Enumerable.Range(0, order.BatchesPerEpoch).Select(_ => order.Next()).ToArray();
        Assert.Equal(1, order.Epoch);
        var second = Enumerable.Range(0, order.BatchesPerEpoch).Select(_ => order.Next()).ToArray();

        Assert.Equal([4, 4, 2], first.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 10), first.SelectMany(batch => batch).Order());
        Assert.Equal(Enumerable.Range(0, 10), second.SelectMany(batch => batch).Order());
        Assert.NotEqual(first.SelectMany(batch => batch), second.SelectMany(batch => batch));
    }

    [Fact]
    public void A_restored_order_goes_on_as_the_saved_one_from_every_place()
    {
        for (var done = 0; done < 9; done++)
        {
            var order = new DataOrder(10, 4, new Rng(2));
            for (var i = 0; i < done; i++) order.Next();
            var saved = order.Save().ToJsonString();
            var restored = new DataOrder(10, 4, new Rng(99));
            restored.Next();
            restored.Restore(JsonNode.Parse(saved)!);

            Assert.Equal(order.Epoch, restored.Epoch);
            for (var i = 0; i < 9; i++) Assert.Equal(order.Next(), restored.Next());
        }
    }

    [Theory]
    [InlineData("""{"count":11,"epoch":0,"position":0,"rng":[1,2,3,4]}""", "over 11 examples, expected 10")]
    [InlineData("""{"count":10,"epoch":0,"position":10,"rng":[1,2,3,4]}""", "position 10")]
    [InlineData("""{"count":10,"epoch":-1,"position":0,"rng":[1,2,3,4]}""", "epoch -1")]
    [InlineData("""{"count":10,"epoch":0,"position":0,"rng":[1,2,3]}""", "3 words")]
    [InlineData("""{"count":10,"epoch":0,"position":0,"rng":[1,2,3,-4]}""", "not that of a data order")]
    [InlineData("""{"count":10,"epoch":0,"rng":[1,2,3,4]}""", "not that of a data order")]
    [InlineData("""[1]""", "not that of a data order")]
    [InlineData("""{"count":"ten"}""", "not that of a data order")]
    public void A_state_that_does_not_fit_is_refused(string state, string words)
    {
        var order = new DataOrder(10, 4, new Rng(3));

        Assert.Contains(words, Assert.Throws<CheckpointException>(() => order.Restore(JsonNode.Parse(state)!)).Message, StringComparison.Ordinal);
    }
}
