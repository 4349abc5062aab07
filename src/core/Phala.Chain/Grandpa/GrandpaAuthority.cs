using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>An entry of an authority list. The list is SCALE's <c>Vec</c> of these, in state, in digests and as the runtime's answer.</summary>
/// <param name="Id">The key.</param>
/// <param name="Weight">The weight of its votes.</param>
[Scale("", Unnamed = true)]
public readonly partial record struct GrandpaAuthority(GrandpaAuthorityId Id, ulong Weight);
