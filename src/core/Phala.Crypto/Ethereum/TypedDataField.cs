namespace Phala.Crypto.Ethereum;

/// <summary>A member of a struct type of EIP-712.</summary>
/// <param name="Type">Its type: an atomic type such as <c>uint256</c>, <c>bytes</c>, <c>string</c>, a struct's name, or an array of these such as <c>Person[]</c> or <c>uint8[4]</c>.</param>
/// <param name="Name">Its name.</param>
public readonly record struct TypedDataField(string Type, string Name);
