using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Execution;

/// <summary>How applying a transaction ended: it is not in the block, or it is, and its call ended well or failed.</summary>
public readonly struct ApplyOutcome
{
    private readonly TransactionValidityError? _refusal;
    private readonly DispatchResult _result;

    private ApplyOutcome(TransactionValidityError? refusal, DispatchResult result) => (_refusal, _result) = (refusal, result);

    /// <summary>Whether the transaction is in the block.</summary>
    public bool IsIncluded => _refusal is null;

    /// <summary>How its call ended, where it is in the block.</summary>
    public DispatchResult Result => _result;

    /// <summary>Why it is not in the block, where it is not.</summary>
    public TransactionValidityError Refusal => _refusal.GetValueOrDefault();

    /// <summary>It is not in the block.</summary>
    public static ApplyOutcome Refused(TransactionValidityError why) => new(why, default);

    /// <summary>It is in the block.</summary>
    public static ApplyOutcome Included(DispatchResult result) => new(null, result);

    /// <summary>As the runtime API tells it: <c>Result&lt;Result&lt;(), DispatchError&gt;, TransactionValidityError&gt;</c>.</summary>
    public byte[] Encode() =>
        Scale.Encode<ResultCodec<ResultCodec<UnitCodec, Unit, DispatchError, DispatchError>, Result<Unit, DispatchError>, TransactionValidityError, TransactionValidityError>,
            Result<Result<Unit, DispatchError>, TransactionValidityError>>(
            _refusal is { } refusal
                ? Result<Result<Unit, DispatchError>, TransactionValidityError>.Err(refusal)
                : Result<Result<Unit, DispatchError>, TransactionValidityError>.Ok(_result.ToResult()));
}
