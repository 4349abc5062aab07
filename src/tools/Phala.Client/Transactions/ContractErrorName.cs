using Phala.Runtime.Interface.Dispatch;

namespace Phala.Client.Transactions;

/// <summary>The names of errors of contracts' runs: those of the pallets inside of a cluster (Pink runtime 1.1), which are not the chain's.</summary>
public static class ContractErrorName
{
    /// <summary>The sender does not have in the cluster what is locked for what is stored.</summary>
    public const string StorageDepositNotEnoughFunds = "Contracts.StorageDepositNotEnoughFunds";

    /// <summary>Who should pay does not have the tokens.</summary>
    public const string TransferFailed = "Contracts.TransferFailed";

    private const byte ContractsPallet = 4, PinkPallet = 5;

    private static readonly string[] Contracts =
    [
        "InvalidScheduleVersion", "InvalidCallFlags", "OutOfGas", "OutputBufferTooSmall", "TransferFailed", "MaxCallDepthReached", "ContractNotFound", "CodeTooLarge", "CodeNotFound", "OutOfBounds", "DecodingFailed",
        "ContractTrapped", "ValueTooLarge", "TerminatedWhileReentrant", "InputForwarded", "RandomSubjectTooLong", "TooManyTopics", "NoChainExtension", "DuplicateContract", "TerminatedInConstructor", "ReentranceDenied",
        "StorageDepositNotEnoughFunds", "StorageDepositLimitExhausted", "CodeInUse", "ContractReverted", "CodeRejected", "Indeterministic",
    ];

    private static readonly string[] Pink = ["UnknownChainExtensionId", "UnknownChainExtensionFunction", "ContractIoBufferOverflow", "KeySeedMissing", "DeriveKeyFailed", "SystemContractMissing"];

    /// <summary>A pallet's error as <c>Contracts.OutOfGas</c>, others as <c>BadOrigin</c>.</summary>
    public static string Of(DispatchError error)
    {
        if (!error.TryGetModule(out byte pallet, out byte index)) return DispatchErrorName.Of(error);
        return pallet switch
        {
            ContractsPallet when index < Contracts.Length => "Contracts." + Contracts[index],
            PinkPallet when index < Pink.Length => "Pink." + Pink[index],
            _ => error.ToString(),
        };
    }
}
