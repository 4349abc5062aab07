namespace Phala.Client;

/// <summary>The rules that a chain follows, as far as they decide whether this program understands it.</summary>
/// <param name="SpecName">The name of the rules.</param>
/// <param name="SpecVersion">Grows with every change of the rules.</param>
/// <param name="TransactionVersion">Grows when indices or arguments of calls change.</param>
public readonly record struct ChainVersion(string SpecName, uint SpecVersion, uint TransactionVersion);
