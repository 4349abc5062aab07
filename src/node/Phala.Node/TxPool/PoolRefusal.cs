using System.Globalization;
using Phala.Codec;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>Why the pool does not take a transaction, with what clients are told.</summary>
/// <param name="Error">The reason.</param>
/// <param name="Validity">The runtime's reason, of <see cref="PoolError.Invalid"/> and <see cref="PoolError.Unknown"/>.</param>
/// <param name="Hash">The transaction, of <see cref="PoolError.AlreadyImported"/>.</param>
/// <param name="OldPriority">The priority of what is there, of <see cref="PoolError.TooLowPriority"/>.</param>
/// <param name="NewPriority">The priority of what was to take its place.</param>
public readonly record struct PoolRefusal(PoolError Error, TransactionValidityError Validity = default, Hash256 Hash = default, ulong OldPriority = 0, ulong NewPriority = 0)
{
    /// <summary>Substrate's code.</summary>
    public int Code => Error switch
    {
        PoolError.BadFormat => 1001,
        PoolError.Invalid => 1010,
        PoolError.Unknown => 1011,
        PoolError.TemporarilyBanned => 1012,
        PoolError.AlreadyImported => 1013,
        PoolError.TooLowPriority => 1014,
        PoolError.CycleDetected => 1015,
        PoolError.ImmediatelyDropped => 1016,
        PoolError.Unactionable => 1018,
        PoolError.NoTagsProvided => 1019,
        PoolError.InvalidBlock => 1020,
        PoolError.RejectedFuture => 1021,
        _ => 0,
    };

    /// <summary>Substrate's words.</summary>
    public string Message => Error switch
    {
        PoolError.BadFormat => "Extrinsic has invalid format",
        PoolError.Invalid => "Invalid Transaction",
        PoolError.Unknown => "Unknown Transaction Validity",
        PoolError.TemporarilyBanned => "Transaction is temporarily banned",
        PoolError.AlreadyImported => "Transaction Already Imported",
        PoolError.TooLowPriority => string.Create(CultureInfo.InvariantCulture, $"Priority is too low: ({OldPriority} vs {NewPriority})"),
        PoolError.CycleDetected => "Cycle Detected",
        PoolError.ImmediatelyDropped => "Immediately Dropped",
        PoolError.Unactionable => "Unactionable",
        PoolError.NoTagsProvided => "No tags provided",
        PoolError.InvalidBlock => "The provided block ID is not valid",
        PoolError.RejectedFuture => "The pool is not accepting future transactions",
        _ => "",
    };

    /// <summary>More about it; null where Substrate says no more.</summary>
    public string? Data => Error switch
    {
        PoolError.Invalid or PoolError.Unknown => Validity.ToString(),
        PoolError.AlreadyImported => Hex.Format(Hash.AsSpan()),
        PoolError.TooLowPriority => "The transaction has too low priority to replace another transaction already in the pool.",
        PoolError.ImmediatelyDropped => "The transaction couldn't enter the pool because of the limit",
        PoolError.Unactionable => "The transaction is unactionable since it is not propagable and the local node does not author blocks",
        PoolError.NoTagsProvided => "Transaction does not provide any tags, so the pool can't identify it",
        _ => null,
    };

    internal static PoolRefusal Of(TransactionValidityError validity) => new(validity.IsUnknown ? PoolError.Unknown : PoolError.Invalid, validity);
}
