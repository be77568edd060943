using ResearchKit.Data;
using TorchSharp;

namespace ResearchKit.Tests.Data;

public sealed class PairBatchTests
{
    [Fact]
    public void Chosen_rows_come_first_and_masks_tell_prompt_answer_and_padding_apart()
    {
        using var batch = PairBatch.Collate([new TokenizedPair([1, 2], [3], [4, 5]), new TokenizedPair([6], [7, 8], [9])], padId: 0);
        Assert.Equal(2, batch.Pairs);
        Assert.Equal([4L, 4L], batch.Ids.shape);
        Assert.Equal([1L, 2, 3, 0, 6, 7, 8, 0, 1, 2, 4, 5, 6, 9, 0, 0], batch.Ids.data<long>().ToArray());
        Assert.Equal([1L, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0], batch.AttentionMask.data<long>().ToArray());
        Assert.Equal([0f, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0], batch.CompletionMask.data<float>().ToArray());
    }

    [Fact]
    public void A_batch_lives_on_its_device_with_the_types_that_models_take()
    {
        using var batch = PairBatch.Collate([new TokenizedPair([1], [2], [3])], padId: 0, torch.CPU);
        Assert.Equal((torch.ScalarType.Int64, torch.ScalarType.Int64, torch.ScalarType.Float32), (batch.Ids.dtype, batch.AttentionMask.dtype, batch.CompletionMask.dtype));
    }

    [Fact]
    public void Cutting_keeps_the_prompts_end_and_the_answers_beginning_and_counts()
    {
        var cut = PairTruncation.Apply([new TokenizedPair([1, 2, 3, 4], [5, 6, 7], [8]), new TokenizedPair([1], [], [2])], maxPrompt: 2, maxLength: 4);
        var pair = Assert.Single(cut.Pairs);
        Assert.Equal([3, 4], pair.Prompt);
        Assert.Equal([5, 6], pair.Chosen);
        Assert.Equal([8], pair.Rejected);
        Assert.Equal("1 pairs; cut 1 prompts and 1 answers; dropped 1", cut.ToString());
    }
}
