namespace SealedBidAuction;

/// <summary>An auction whose bids nobody sees but their bidders, until it has ended.</summary>
[Contract]
public sealed partial class Auction : Contract<AuctionError>
{
    private partial Value<AccountId> Seller { get; }

    private partial Value<string> Item { get; }

    private partial Value<ulong> EndsAt { get; }

    private partial Value<bool> IsSettled { get; }

    private partial Map<AccountId, Balance> Bids { get; }

    private partial Value<HighestBid?> Highest { get; }

    /// <summary>Begins an auction.</summary>
    /// <param name="item">What is sold.</param>
    /// <param name="duration">For how long bids are taken, in milliseconds.</param>
    [Constructor]
    public Auction(string item, ulong duration)
    {
        Require(duration > 0, AuctionError.NoTime);
        Seller.Set(Caller);
        Item.Set(item);
        EndsAt.Set(Now + duration);
    }

    /// <summary>Bids what comes with the command, on top of what the caller bid before.</summary>
    [Command(Payable = true)]
    public void Bid()
    {
        Require(Now < EndsAt.Get(), AuctionError.Ended);
        Require(TransferredValue > 0, AuctionError.NothingBid);
        AccountId bidder = Caller;
        Balance bid = Bids[bidder] + TransferredValue;
        Bids[bidder] = bid;
        if (Highest.Get() is not { } highest || bid > highest.Amount) Highest.Set(new HighestBid(bidder, bid));
    }

    /// <summary>Ends the auction once its time is over: the seller is paid, and everybody may know who won.</summary>
    [Command]
    public void Settle()
    {
        Require(Now >= EndsAt.Get(), AuctionError.StillOpen);
        Require(!IsSettled.Get(), AuctionError.Ended);
        IsSettled.Set(true);
        if (Highest.Get() is not { } highest)
        {
            Emit(new AuctionEnded(null, 0));
            return;
        }

        Bids.Remove(highest.Bidder);
        Transfer(Seller.Get(), highest.Amount);
        Emit(new AuctionEnded(highest.Bidder, highest.Amount));
    }

    /// <summary>Gives the caller back what did not win.</summary>
    [Command]
    public void Withdraw()
    {
        Require(IsSettled.Get(), AuctionError.StillOpen);
        AccountId bidder = Caller;
        Balance bid = Bids[bidder];
        Require(bid > 0, AuctionError.NothingBid);
        Bids.Remove(bidder);
        Transfer(bidder, bid);
    }

    /// <summary>What is sold, and until when bids are taken.</summary>
    [Query]
    public (string Item, ulong EndsAt) Offer() => (Item.Get(), EndsAt.Get());

    /// <summary>What the caller has bid: nobody else is told.</summary>
    [Query]
    public Balance MyBid() => Bids[Caller];

    /// <summary>Who won, and with which bid: once the auction has ended.</summary>
    [Query(Fails = true)]
    public HighestBid? Winner()
    {
        Require(IsSettled.Get(), AuctionError.StillOpen);
        return Highest.Get();
    }
}
