namespace Phala.Contracts.Testing;

/// <summary>An event as a contract has emitted it.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Topics">What it is found by; the first is the hash of its signature.</param>
/// <param name="Data">Its values in SCALE.</param>
public sealed record EmittedEvent(AccountId Contract, IReadOnlyList<Hash> Topics, ReadOnlyMemory<byte> Data);
