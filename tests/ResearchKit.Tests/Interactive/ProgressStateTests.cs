using ResearchKit.Interactive;

namespace ResearchKit.Tests.Interactive;

public sealed class ProgressStateTests
{
    [Fact]
    public void A_running_bar_shows_its_share_and_the_time_left_and_a_finished_one_only_its_steps()
    {
        var running = new ProgressLine("DPO", 30, 120, 0.25, null, Seconds: 10, Done: false);

        Assert.Equal("[######..................] DPO: 30 of 120, loss 0.25, 3 steps/s, 30 s left", new ProgressState([running]).ToString());
        Assert.Equal("DPO: 120 of 120", new ProgressState([running with { Step = 120, Done = true }]).ToString());
        Assert.Equal(
            """{"title":"DPO","step":30,"total":120,"loss":0.25,"rate":3,"remainingSeconds":30,"done":false}""", new ProgressState([running]).ToJson());
    }

    [Fact]
    public void A_resumed_runs_rate_is_of_its_own_steps() =>
        Assert.Equal("DPO: 110 of 120, 5 steps/s, 2 s left", new ProgressLine("DPO", 110, 120, null, null, Seconds: 2, Done: false) { Before = 100 }.Text());

    [Fact]
    public void The_order_of_the_text_does_not_depend_on_which_thread_was_first()
    {
        var (a, b) = (new ProgressLine("seed 1", 5, 5, 1, null, 1, true), new ProgressLine("seed 2", 5, 5, 2, null, 1, true));

        Assert.Equal(new ProgressState([a, b]).ToString(), new ProgressState([b, a]).ToString());
    }

    [Fact]
    public void Much_work_is_summed_up()
    {
        var lines = Enumerable.Range(0, 40).Select(i => new ProgressLine($"run {i}", 10, 10, null, null, 1, true)).ToArray();

        Assert.Equal("40 of 40 runs done, 400 of 400 steps", new ProgressState(lines).ToString());
    }

    [Fact]
    public void A_title_is_escaped_and_a_loss_that_is_not_a_number_is_null()
    {
        var state = new ProgressState([new ProgressLine("<b>", 1, 2, double.NaN, null, 1, false)]);

        Assert.DoesNotContain("<b>", state.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("\"loss\":null", state.ToJson(), StringComparison.Ordinal);
    }
}
