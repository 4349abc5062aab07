using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;

namespace Phala.Client.Transactions;

/// <summary>What a transaction did in its block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Index">The transaction's place among the block's extrinsics.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Error">Why its call was undone; null where it was not. The fee is paid either way.</param>
public sealed record TransactionResult(Hash256 Block, uint Index, IReadOnlyList<RuntimeEvent> Events, DispatchError? Error)
{
    /// <summary>Whether its call took effect.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>The error by name, such as <c>Token.FundsUnavailable</c>; null where there is none.</summary>
    public string? ErrorName => Error is { } error ? DispatchErrorName.Of(error) : null;

    /// <summary>The events of one kind.</summary>
    public IEnumerable<T> EventsOf<T>()
        where T : IEvent<T> => Events.OfType<RuntimeEvent<T>>().Select(each => each.Value);
}
