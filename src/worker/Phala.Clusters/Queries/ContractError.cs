namespace Phala.Clusters.Queries;

/// <summary>Errors of contracts with the numbers that clients know (Pink runtime 1.1): those that occur here.</summary>
internal enum ContractError : byte
{
    InvalidCallFlags = 1,
    OutOfGas = 2,
    OutputBufferTooSmall = 3,
    TransferFailed = 4,
    MaxCallDepthReached = 5,
    ContractNotFound = 6,
    CodeNotFound = 8,
    OutOfBounds = 9,
    DecodingFailed = 10,
    ContractTrapped = 11,
    ValueTooLarge = 12,
    TerminatedWhileReentrant = 13,
    InputForwarded = 14,
    TooManyTopics = 16,
    DuplicateContract = 18,
    TerminatedInConstructor = 19,
    ReentranceDenied = 20,
    StorageDepositNotEnoughFunds = 21,
    StorageDepositLimitExhausted = 22,
}
