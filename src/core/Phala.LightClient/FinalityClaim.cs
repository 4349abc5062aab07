using Phala.Chain.Grandpa;
using Phala.Codec;

namespace Phala.LightClient;

/// <summary>A block that somebody made final, with all it takes to check that.</summary>
/// <param name="Finalized">The header with its justification; that of the genesis is empty.</param>
/// <param name="SetId">The number of the authority set that finalized it; of the genesis the first, 0.</param>
/// <param name="Authorities">That set.</param>
/// <param name="ReadProof">A read proof under the header's state root, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>; empty where none is needed.</param>
[Scale]
public readonly partial record struct FinalityClaim(WarpSyncFragment Finalized, ulong SetId, Vec<GrandpaAuthority> Authorities, Vec<byte> ReadProof)
{
    /// <summary>Whether a set of voters is the one of the claim.</summary>
    public bool IsBy(AuthoritySet set) => set.Id == SetId && set.Authorities == Authorities;
}
