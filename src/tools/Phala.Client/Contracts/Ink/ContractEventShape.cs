namespace Phala.Client.Contracts.Ink;

/// <summary>An event that a contract may emit.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Fields">What it tells.</param>
/// <param name="SignatureTopic">The topic by which ink! 5 tells events apart, 32 bytes; empty where there is none.</param>
public sealed record ContractEventShape(string Label, IReadOnlyList<ContractParameter> Fields, ReadOnlyMemory<byte> SignatureTopic);
