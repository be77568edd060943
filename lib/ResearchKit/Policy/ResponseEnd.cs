using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// Where answers end in a batch of ids that another sampler wrote on past its stop token (the kit's own stops there).
/// Official code: huggingface/trl f2cd577, trl/experimental/ppo/ppo_trainer.py, first_true_indices, truncate_response.
/// </summary>
public static class ResponseEnd
{
    /// <summary>The index of each row's first true value [B]; T where there is none.</summary>
    /// <param name="marks">[B,T], bool.</param>
    public static Tensor FirstTrue(Tensor marks)
    {
        PolicyChecks.Matrix(marks, nameof(marks));
        using var scope = NewDisposeScope();
        var places = arange(marks.shape[1], ScalarType.Int64, marks.device).expand_as(marks);
        return places.masked_fill(marks.logical_not(), marks.shape[1]).amin([1]).MoveToOuterDisposeScope();
    }

    /// <summary>The ids with all that follows the first stop token replaced by padding [B,T].</summary>
    /// <param name="ids">Answers [B,T], int64.</param>
    /// <param name="stopToken">The token that ends an answer; it is kept.</param>
    /// <param name="padId">The id that fills the rest.</param>
    public static Tensor Truncate(Tensor ids, long stopToken, long padId)
    {
        PolicyChecks.Matrix(ids, nameof(ids));
        using var scope = NewDisposeScope();
        var end = FirstTrue(ids.eq(stopToken)).unsqueeze(1);   // [B,1]
        return ids.masked_fill(arange(ids.shape[1], ScalarType.Int64, ids.device).gt(end), padId).MoveToOuterDisposeScope();
    }
}
