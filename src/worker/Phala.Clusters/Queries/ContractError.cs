namespace Phala.Clusters.Queries;

/// <summary>Errors of contracts with the numbers that clients know (Pink runtime 1.1): those that occur here.</summary>
internal enum ContractError : byte
{
    OutOfGas = 2,
    OutputBufferTooSmall = 3,
    TransferFailed = 4,
    MaxCallDepthReached = 5,
    ContractNotFound = 6,
    CodeNotFound = 8,
    ContractTrapped = 11,
    DuplicateContract = 18,
    ReentranceDenied = 20,
}
