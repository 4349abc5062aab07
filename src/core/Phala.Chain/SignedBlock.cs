using Phala.Codec;

namespace Phala.Chain;

/// <summary>A block with the justifications that are known for it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Justifications">At most one for each engine, or null where there are none.</param>
[Scale("sp_runtime::generic::block::SignedBlock")]
public readonly partial record struct SignedBlock(Block Block, Vec<EncodedJustification>? Justifications)
{
    /// <summary>The first justification of an engine.</summary>
    public bool TryGetJustification(EngineId engine, out Vec<byte> proof)
    {
        foreach (EncodedJustification each in Justifications ?? [])
        {
            if (each.Engine != engine) continue;
            proof = each.Proof;
            return true;
        }

        proof = [];
        return false;
    }
}
