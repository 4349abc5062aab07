namespace SealedBidAuction;

/// <summary>The bid above all others.</summary>
/// <param name="Bidder">Whose it is.</param>
/// <param name="Amount">How much.</param>
public readonly record struct HighestBid(AccountId Bidder, Balance Amount);
