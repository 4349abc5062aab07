using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;

namespace Phala.Clusters.Execution;

/// <summary>How runs ended, in the words of Phala's clients: their pallets, and their errors' numbers.</summary>
internal static class ExecutionResults
{
    /// <summary>The pallet whose errors clients know as those of contracts.</summary>
    private const byte ContractsPallet = 4;

    /// <summary>The pallet whose errors clients know as those of the extension.</summary>
    private const byte PinkPallet = 5;

    /// <summary>What a run returned, also where it is undone; or its error.</summary>
    internal static Result<ExecReturnValue, DispatchError> Of(in CallResult result, bool isPaid = true) => ErrorOf(result, isPaid) is { } error
        ? Result<ExecReturnValue, DispatchError>.Err(error)
        : Result<ExecReturnValue, DispatchError>.Ok(new ExecReturnValue(result.IsKept ? 0 : ExecReturnValue.RevertFlag, Vec.Create(result.Output.Span)));

    /// <summary>The error of a run; null where it returned, whatever it returned.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="isPaid">Whether what it stores is paid for.</param>
    internal static DispatchError? ErrorOf(in CallResult result, bool isPaid = true)
    {
        if (!isPaid) return DispatchError.Module(ContractsPallet, (byte)ContractError.StorageDepositNotEnoughFunds);
        return result.Status is CallStatus.Returned or CallStatus.Reverted ? null : ErrorOf(result.Status);
    }

    private static DispatchError ErrorOf(CallStatus status) => status switch
    {
        CallStatus.NoExtension => DispatchError.Module(PinkPallet, 0),
        CallStatus.NoExtensionFunction => DispatchError.Module(PinkPallet, 1),
        CallStatus.KeySeedMissing => DispatchError.Module(PinkPallet, 3),
        CallStatus.BadRequest => DispatchError.Other,
        CallStatus.BadOrigin => DispatchError.BadOrigin,
        _ => DispatchError.Module(ContractsPallet, (byte)ContractErrorOf(status)),
    };

    private static ContractError ContractErrorOf(CallStatus status) => status switch
    {
        CallStatus.OutOfGas => ContractError.OutOfGas,
        CallStatus.TransferFailed => ContractError.TransferFailed,
        CallStatus.ContractNotFound => ContractError.ContractNotFound,
        CallStatus.CodeNotFound => ContractError.CodeNotFound,
        CallStatus.TooDeep => ContractError.MaxCallDepthReached,
        CallStatus.ReentranceDenied => ContractError.ReentranceDenied,
        CallStatus.OutputTooLong or CallStatus.NoRoom => ContractError.OutputBufferTooSmall,
        CallStatus.InvalidCallFlags => ContractError.InvalidCallFlags,
        CallStatus.OutOfBounds => ContractError.OutOfBounds,
        CallStatus.DecodingFailed => ContractError.DecodingFailed,
        CallStatus.ValueTooLarge => ContractError.ValueTooLarge,
        CallStatus.TerminatedWhileReentrant => ContractError.TerminatedWhileReentrant,
        CallStatus.InputForwarded => ContractError.InputForwarded,
        CallStatus.DepositLimitReached => ContractError.StorageDepositLimitExhausted,
        CallStatus.TooManyTopics => ContractError.TooManyTopics,
        CallStatus.DuplicateContract => ContractError.DuplicateContract,
        CallStatus.TerminatedInConstructor => ContractError.TerminatedInConstructor,
        _ => ContractError.ContractTrapped,
    };
}
