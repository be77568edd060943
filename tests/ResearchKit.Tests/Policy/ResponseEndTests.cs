using ResearchKit.Policy;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class ResponseEndTests
{
    [Fact]
    public void What_follows_the_first_stop_token_is_padding_and_answers_without_one_stay()
    {
        using var scope = NewDisposeScope();
        var ids = tensor([5L, 2, 6, 2, 7, 8, 9, 1], [2, 4]);

        Assert.Equal([1L, 4], ResponseEnd.FirstTrue(ids.eq(2)).data<long>().ToArray());
        Assert.Equal([5L, 2, 0, 0, 7, 8, 9, 1], ResponseEnd.Truncate(ids, 2, 0).data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => ResponseEnd.FirstTrue(zeros(3, ScalarType.Bool)));
    }
}
