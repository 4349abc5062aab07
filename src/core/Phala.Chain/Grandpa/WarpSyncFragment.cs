using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>A header with its justification.</summary>
/// <param name="Header">The last header of a set, or, in the last fragment, any final one.</param>
/// <param name="Justification">Its justification.</param>
[Scale]
public readonly partial record struct WarpSyncFragment(Header Header, Justification Justification);
