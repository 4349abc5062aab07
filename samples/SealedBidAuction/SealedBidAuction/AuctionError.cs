namespace SealedBidAuction;

/// <summary>Why a call failed.</summary>
public enum AuctionError : byte
{
    /// <summary>The auction is over.</summary>
    Ended = 0,

    /// <summary>The auction is not over.</summary>
    StillOpen = 1,

    /// <summary>There is no bid.</summary>
    NothingBid = 2,

    /// <summary>An auction takes some time.</summary>
    NoTime = 3,
}
