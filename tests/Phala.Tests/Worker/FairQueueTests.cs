using Phala.Worker.Queries;
using Xunit;

namespace Phala.Tests.Worker;

public sealed class FairQueueTests
{
    [Fact]
    public void A_flow_that_asks_much_does_not_make_another_wait()
    {
        FairQueue<string, int> queue = new(100, 1000);
        for (int at = 0; at < 100; at++) Assert.True(queue.TryAdd("much", 1, at));
        for (int at = 0; at < 5; at++) Assert.True(queue.TryAdd("little", 1, at));
        List<string> order = Drain(queue);
        Assert.True(order.Take(11).Count(flow => flow == "little") == 5, string.Join(' ', order.Take(12)));
    }

    [Fact]
    public void Shares_follow_weights_and_what_work_really_took()
    {
        FairQueue<string, int> queue = new(1000, 2000);
        for (int at = 0; at < 600; at++)
        {
            queue.TryAdd("heavy", 3, at);
            queue.TryAdd("light", 1, at);
        }

        List<string> order = Drain(queue, most: 400);
        Assert.InRange(order.Count(flow => flow == "heavy"), 290, 310);

        FairQueue<string, int> costly = new(1000, 2000);
        int fast = 0;
        for (int at = 0; at < 200; at++)
        {
            costly.TryAdd("slow", 1, at);
            costly.TryAdd("fast", 1, at);
            Assert.True(costly.TryTake(out string flow, out _));
            costly.Done(flow, flow == "slow" ? 10 : 1);
            fast += flow == "fast" ? 1 : 0;
        }

        Assert.True(fast > 150, $"{fast} of 200");
    }

    [Fact]
    public void Backlogs_are_bounded_and_within_a_flow_order_is_kept()
    {
        FairQueue<string, int> queue = new(10, 25);
        int taken = Enumerable.Range(0, 100).Count(at => queue.TryAdd("a", 1, at));
        Assert.Equal(10, taken);
        Assert.Equal(10, Enumerable.Range(0, 100).Count(at => queue.TryAdd("b", 1, at)));
        Assert.Equal(5, Enumerable.Range(0, 100).Count(at => queue.TryAdd("c", 1, at)));
        List<(string Flow, int Item)> order = [];
        while (queue.TryTake(out string flow, out int item))
        {
            order.Add((flow, item));
            queue.Done(flow, 1);
        }

        Assert.Equal(25, order.Count);
        foreach (IGrouping<string, (string Flow, int Item)> flow in order.GroupBy(each => each.Flow)) Assert.Equal(flow.Select(each => each.Item).Order(), flow.Select(each => each.Item));
    }

    [Fact]
    public async Task A_query_that_fails_ends_its_own_caller_alone_and_one_that_waits_too_long_is_turned_away()
    {
        await using QueryPool pool = new(1, TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync(default, 1, () => throw new InvalidOperationException("as it was told to")));
        Assert.Equal([1], await pool.RunAsync(default, 1, () => [1]));
        await using QueryPool impatient = new(1, TimeSpan.FromTicks(-1));
        Assert.Null(await impatient.RunAsync(default, 1, () => [1]));
    }

    private static List<string> Drain(FairQueue<string, int> queue, int most = int.MaxValue)
    {
        List<string> order = [];
        while (order.Count < most && queue.TryTake(out string flow, out _))
        {
            order.Add(flow);
            queue.Done(flow, 1);
        }

        return order;
    }
}
