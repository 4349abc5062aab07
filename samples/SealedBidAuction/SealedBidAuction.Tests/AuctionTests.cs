using Phala.Contracts.Testing;
using Xunit;

namespace SealedBidAuction.Tests;

public sealed class AuctionTests
{
    private const ulong Hour = 3_600_000;

    [Fact]
    public void The_highest_bid_wins_and_the_others_get_theirs_back() => TestCluster.InBothModes(net =>
    {
        Deployed<Auction> auction = net.Deploy(() => new Auction("a lamp", Hour));
        auction.As(net.Bob).With(100).Send(each => each.Bid());
        auction.As(net.Charlie).With(70).Send(each => each.Bid());
        auction.As(net.Charlie).With(50).Send(each => each.Bid());
        Assert.Equal(120u, (uint)auction.As(net.Charlie).Query(each => each.MyBid()));
        Assert.Equal(220u, (uint)net.BalanceOf(auction.Address));

        net.Advance(TimeSpan.FromHours(1));
        auction.Send(each => each.Settle());
        Assert.Equal(new HighestBid(net.Charlie, 120), auction.Query(each => each.Winner()));
        auction.As(net.Bob).Send(each => each.Withdraw());
        Assert.Equal((1_000_000u, 999_880u, 1_000_120u), ((uint)net.BalanceOf(net.Bob), (uint)net.BalanceOf(net.Charlie), (uint)net.BalanceOf(net.Owner)));
        Assert.Equal(0u, (uint)net.BalanceOf(auction.Address));
        Assert.Equal(net.Charlie.ToString()[2..], Convert.ToHexStringLower(Assert.Single(net.Events).Data.Span[1..33]));
    });

    [Fact]
    public void Nobody_learns_who_leads_before_the_end() => TestCluster.InBothModes(net =>
    {
        Deployed<Auction> auction = net.Deploy(() => new Auction("a lamp", Hour));
        auction.As(net.Bob).With(100).Send(each => each.Bid());
        Assert.Equal(AuctionError.StillOpen, Fails(() => auction.Query(each => each.Winner())));
        Assert.Equal(0u, (uint)auction.As(net.Charlie).Query(each => each.MyBid()));
        Assert.Equal("a lamp", auction.Query(each => each.Offer()).Item);
        Assert.Empty(net.Events);
    });

    [Fact]
    public void Every_call_has_its_time() => TestCluster.InBothModes(net =>
    {
        Assert.Equal(AuctionError.NoTime, Fails(() => net.Deploy(() => new Auction("nothing", 0))));
        Deployed<Auction> auction = net.Deploy(() => new Auction("a lamp", Hour));
        Assert.Equal(AuctionError.NothingBid, Fails(() => auction.Send(each => each.Bid())));
        Assert.Equal(AuctionError.StillOpen, Fails(() => auction.Send(each => each.Settle())));
        Assert.Equal(AuctionError.StillOpen, Fails(() => auction.Send(each => each.Withdraw())));
        net.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AuctionError.Ended, Fails(() => auction.With(5).Send(each => each.Bid())));
        auction.Send(each => each.Settle());
        Assert.Null(auction.Query(each => each.Winner()));
        Assert.Equal(AuctionError.Ended, Fails(() => auction.Send(each => each.Settle())));
        Assert.Equal(AuctionError.NothingBid, Fails(() => auction.Send(each => each.Withdraw())));
    });

    private static Enum? Fails(Action call) => Assert.Throws<ContractException>(call).Error;
}
