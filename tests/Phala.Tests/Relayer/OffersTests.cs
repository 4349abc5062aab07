using Phala.Relayer.Submission;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>How soon a relayer brings the same to the chain again.</summary>
public sealed class OffersTests
{
    private static readonly Hash256 One = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]), Two = new([.. Enumerable.Repeat((byte)2, Hash256.Size)]);

    private readonly Clock _clock = new();
    private readonly Offers _offers;

    public OffersTests() => _offers = new Offers(_clock);

    [Fact]
    public void What_is_under_way_is_not_brought_again_and_what_ended_rests()
    {
        Assert.True(_offers.TryBegin(One));
        _clock.Add(Offers.LongestRest * 10);
        Assert.False(_offers.TryBegin(One));
        Assert.True(_offers.TryBegin(Two));
        _offers.End(One);
        AssertRests(One, Offers.Rest);
        _offers.Forget(One);
        Assert.True(_offers.TryBegin(One));
    }

    [Fact]
    public void What_fails_alike_waits_twice_as_long_each_time_up_to_a_bound()
    {
        List<TimeSpan> pauses = [];
        Assert.True(_offers.TryBegin(One));
        for (int failed = 0; failed < 14; failed++)
        {
            pauses.Add(_offers.Fail(One, "Pallet.Error"));
            AssertRests(One, pauses[^1]);
        }

        Assert.Equal([.. Enumerable.Range(0, 14).Select(at => TimeSpan.FromTicks(Math.Min(Offers.Rest.Ticks << at, Offers.LongestRest.Ticks)))], pauses);
    }

    [Fact]
    public void Another_error_or_a_success_or_a_long_time_begins_the_pauses_anew()
    {
        for (int failed = 0; failed < 5; failed++) _offers.Fail(One, "Pallet.Error");
        Assert.Equal(Offers.Rest, _offers.Fail(One, "Pallet.Other"));
        Assert.Equal(Offers.Rest * 2, _offers.Fail(One, "Pallet.Other"));
        Assert.Equal(Offers.Rest, _offers.Fail(Two, "Pallet.Other"));
        _offers.End(One);
        Assert.Equal(Offers.Rest, _offers.Fail(One, "Pallet.Other"));
        Assert.Equal(Offers.Rest * 2, _offers.Fail(One, "Pallet.Other"));
        _clock.Add(Offers.Rest * 8);
        Assert.True(_offers.TryBegin(One));
        Assert.Equal(Offers.Rest, _offers.Fail(One, "Pallet.Other"));
    }

    [Fact]
    public void What_costs_nothing_is_offered_again_sooner_and_what_failed_before_is_not_forgotten_over_it()
    {
        Assert.Equal(Offers.Rest, _offers.Fail(One, "Pallet.Error"));
        AssertRests(One, Offers.Rest);
        foreach (int seconds in (int[])[1, 2, 4, 8, 16, 20, 20])
        {
            _offers.Refuse(One);
            AssertRests(One, TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(Offers.Rest * 2, _offers.Fail(One, "Pallet.Error"));
        _offers.End(One);
        AssertRests(One, Offers.Rest);
        _offers.Refuse(One);
        AssertRests(One, Offers.ShortestRest);
    }

    private void AssertRests(in Hash256 subject, TimeSpan pause)
    {
        _clock.Add(pause - TimeSpan.FromTicks(1));
        Assert.False(_offers.TryBegin(subject));
        _clock.Add(TimeSpan.FromTicks(1));
        Assert.True(_offers.TryBegin(subject));
    }

    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Add(TimeSpan time) => _now += time.Ticks;

        public override long GetTimestamp() => _now;
    }
}
