using Phala.Contracts.Testing;
using Xunit;

namespace SealedBidAuction.Tests;

public sealed class AuctionTests
{
    private const ulong Hour = 3_600_000;

    [Fact]
    public void The_highest_bid_wins_and_the_others_get_theirs_back()
    {
        TestCluster net = new();
        {
            Deployed<Auction> auction = net.Deploy(() => new Auction("a lamp", Hour));
            auction.As(net.Bob).With(100).Send(each => each.Bid());
            auction.As(net.Charlie).With(70).Send(each => each.Bid());
            auction.As(net.Charlie).With(50).Send(each => each.Bid());
            Assert.Equal((UInt128)120, auction.As(net.Charlie).Query(each => each.MyBid()));
            Assert.Equal((UInt128)220, net.BalanceOf(auction.Address));

            net.Advance(TimeSpan.FromHours(1));
            auction.Send(each => each.Settle());
            Assert.Equal(net.Charlie, auction.Query(each => each.Winner())!.Value.Bidder);
            auction.As(net.Bob).Send(each => each.Withdraw());
            Assert.Equal((UInt128)1_000_000, net.BalanceOf(net.Bob));
            Assert.Equal((UInt128)0, net.BalanceOf(auction.Address));
            Assert.Single(net.Events);
        }
    }

    [Fact]
    public void Nobody_learns_who_leads_before_the_end()
    {
        TestCluster net = new();
        Deployed<Auction> auction = net.Deploy(() => new Auction("a lamp", Hour));
        auction.As(net.Bob).With(100).Send(each => each.Bid());
        Assert.Equal(AuctionError.StillOpen, Assert.Throws<ContractException>(() => auction.Query(each => each.Winner())).Error);
        Assert.Equal((UInt128)0, auction.As(net.Charlie).Query(each => each.MyBid()));
        Assert.Equal("a lamp", auction.Query(each => each.Offer()).Item);
    }
}
