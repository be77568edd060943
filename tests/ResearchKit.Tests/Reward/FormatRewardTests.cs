using ResearchKit.Reward;

namespace ResearchKit.Tests.Reward;

public sealed class FormatRewardTests
{
    [Theory]
    [InlineData("<think>a</think><answer>4</answer>", true)]
    [InlineData("so: <think></think> then <answer>4</answer>.", true)]
    [InlineData("<think>a</think><answer> \n</answer>", false)]
    [InlineData("<answer>4</answer><think>a</think>", false)]
    [InlineData("<think>a</think><answer>4</answer><answer>5</answer>", false)]
    [InlineData("<think>a</think><answer>4", false)]
    [InlineData("4", false)]
    public void Every_tag_once_in_order_and_an_answer_between_the_last_two(string text, bool holds) =>
        Assert.Equal(holds, FormatReward.Holds(text, FormatReward.ThinkAnswer));

    [Theory]
    [InlineData(new[] { 1, 9, 2, 3, 9, 4 }, true)]
    [InlineData(new[] { 1, 2, 3, 4 }, false)]
    [InlineData(new[] { 1, 2, 3, 9, 4, 4 }, false)]
    [InlineData(new[] { 3, 9, 4, 1, 2 }, false)]
    public void Token_ids_are_read_alike(int[] ids, bool holds) => Assert.Equal(holds, FormatReward.Holds(ids, [1, 2, 3, 4]));
}
