using Phala.Codec;
using Phala.Trie;

namespace Phala.Chain.Grandpa;

/// <summary>The answer to the question whether a block is final: the next justified block after it, and the way there.</summary>
/// <param name="Block">The justified block.</param>
/// <param name="Justification">The encoded <see cref="Grandpa.Justification"/>.</param>
/// <param name="UnknownHeaders">The headers after the block that was asked for, up to the justified one, in ascending order.</param>
[Scale("sc_consensus_grandpa::FinalityProof")]
public readonly partial record struct FinalityProof(Hash256 Block, Vec<byte> Justification, Vec<Header> UnknownHeaders)
{
    /// <summary>Decodes a proof, which must fill the bytes, and verifies it.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="set">The set that the block belongs to.</param>
    /// <param name="proof">What the bytes hold; its default where they hold none.</param>
    /// <returns><see cref="FinalityProofError.None"/>, or why not. Any bytes give an answer.</returns>
    public static FinalityProofError Verify(ReadOnlySpan<byte> encoded, AuthoritySet set, out FinalityProof proof)
    {
        DecodeResult<FinalityProof> decoded = Scale.Decode<FinalityProof>(encoded);
        proof = decoded.Value;
        return decoded.IsOk ? proof.Verify(set) : FinalityProofError.BadEncoding;
    }

    /// <summary>Verifies that a set has finalized the block, and that the headers lead to it.</summary>
    /// <param name="set">The set that the block belongs to.</param>
    /// <returns><see cref="FinalityProofError.None"/>, or why not. Any proof gives an answer.</returns>
    public FinalityProofError Verify(AuthoritySet set)
    {
        if (Grandpa.Justification.Verify(Justification.AsSpan(), set, null, out Justification justification) != JustificationError.None)
        {
            return FinalityProofError.BadJustification;
        }

        if (justification.Commit.TargetHash != Block) return FinalityProofError.WrongBlock;
        return EndsWith(UnknownHeaders.AsSpan(), Block) ? FinalityProofError.None : FinalityProofError.BrokenHeaders;
    }

    private static bool EndsWith(ReadOnlySpan<Header> headers, Hash256 hash)
    {
        for (int at = headers.Length - 1; at >= 0; at--)
        {
            if (headers[at].Hash() != hash) return false;
            hash = headers[at].ParentHash;
        }

        return true;
    }
}
