namespace Phala.Contracts.Testing;

/// <summary>A stored value.</summary>
/// <param name="Key">The contract's key, in hexadecimal.</param>
/// <param name="Value">What is stored under it, in hexadecimal.</param>
public sealed record StoredEntry(string Key, string Value);
