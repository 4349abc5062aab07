namespace SealedBidAuction;

/// <summary>The auction is over.</summary>
/// <param name="Winner">Who won; none where nobody bid.</param>
/// <param name="Price">The winning bid.</param>
[Event]
public readonly partial record struct AuctionEnded([Topic] AccountId? Winner, Balance Price);
