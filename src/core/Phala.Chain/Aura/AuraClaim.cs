using Phala.Trie;

namespace Phala.Chain.Aura;

/// <summary>What a valid seal says.</summary>
/// <param name="Slot">The slot that the author claims.</param>
/// <param name="AuthorIndex">The author's place in the list of authorities.</param>
/// <param name="PreSealHash">The hash of the header without the seal.</param>
public readonly record struct AuraClaim(ulong Slot, int AuthorIndex, Hash256 PreSealHash);
