using Phala.Clusters.Execution;
using Phala.Clusters.Logs;
using Xunit;

namespace Phala.Tests.Clusters.Logs;

/// <summary>What a log keeps, and for how long.</summary>
public sealed class LogRingTests
{
    private const int Capacity = 40_000;

    [Fact]
    public void It_keeps_the_newest_of_each_kind_as_a_list_would()
    {
        Random random = new(3);
        LogRing log = new(Capacity);
        List<(ulong Sequence, bool IsOfQuery, LogItem Item)> model = [];
        int dropped = 0;
        for (ulong number = 0; number < 3_000; number++)
        {
            bool isOfQuery = random.Next(3) > 0;
            LogItem item = Line(random.Next(400));
            log.Add([item], isOfQuery);
            model.Add((number, isOfQuery, item));
            while (model.Where(each => each.IsOfQuery == isOfQuery).Sum(each => each.Item.Size) > Capacity / 2)
            {
                model.RemoveAt(model.FindIndex(each => each.IsOfQuery == isOfQuery));
                dropped++;
            }

            long from = random.Next(3) == 0 ? random.NextInt64(-100, 100) : (long)number - random.Next(60);
            ulong first = from >= 0 ? (ulong)from : number + 1 > (ulong)-from ? number + 1 - (ulong)-from : 0;
            Assert.Equal(model.Where(each => each.Sequence >= first).Select(each => new LogEntry(each.Sequence, each.Item)), log.From(from));
            Assert.Equal(new LogFigures(number + 1, Capacity, model.Sum(each => each.Item.Size), model.Count), log.Figures);
            Assert.True(log.Figures.Size <= Capacity);
        }

        Assert.True(dropped > 1500, $"{dropped}");
    }

    [Fact]
    public void No_number_of_queries_drives_out_what_a_command_has_left()
    {
        LogRing log = new(Capacity);
        log.Add([Line(10)], isOfQuery: false);
        for (int count = 0; count < 5000; count++) log.Add([new LogItem.QueryIn(1, default, 7)], isOfQuery: true);
        Assert.Equal(0ul, log.From(0)[0].Sequence);
        Assert.Equal(5001ul, log.Figures.Next);
    }

    [Fact]
    public void Something_too_large_leaves_a_word_that_there_was()
    {
        LogRing log = new();
        log.Add([Line(LogRing.LargestItem / 2), Line(10)], isOfQuery: false);
        Assert.Equal([true, false], log.From(0).Select(entry => entry.Item is LogItem.TooLarge));
    }

    [Fact]
    public void Forgetting_goes_on_counting()
    {
        LogRing log = new();
        log.Add([Line(1), Line(2)], isOfQuery: false);
        log.Clear();
        log.Add([Line(3)], isOfQuery: true);
        Assert.Equal((2ul, 1), (log.From(-10)[0].Sequence, log.Figures.Count));
        log.Clear();
        Assert.Equal(0, log.Figures.Size);
    }

    [Fact]
    public async Task Many_threads_may_use_it_at_once()
    {
        LogRing log = new(Capacity);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int count = 0; count < 2000; count++)
            {
                log.Add([Line(count % 100)], isOfQuery: thread % 2 == 0);
                ulong[] read = [.. log.From(-20).Select(entry => entry.Sequence)];
                Assert.Equal(read.Order(), read);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(8000ul, log.Figures.Next);
    }

    private static LogItem.Line Line(int length) => new(1, default, default, default, ExecutionMode.Command, 2, 3, new string('x', length), IsOfHost: false);
}
