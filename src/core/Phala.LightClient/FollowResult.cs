using Phala.Chain.Grandpa;
using Phala.Trie.Proofs;

namespace Phala.LightClient;

/// <summary>Whether a light client follows an advance, and if not, why not.</summary>
/// <param name="Error">The step that failed.</param>
/// <param name="At">The header that it failed at: counted from 0, the target after all changes.</param>
/// <param name="Advance">What is wrong with finality, where that was the step.</param>
/// <param name="Proof">What is wrong with a read proof, where that was the step.</param>
public readonly record struct FollowResult(FollowError Error, int At = 0, AdvanceResult Advance = default, ProofError Proof = default)
{
    /// <summary>Whether it follows.</summary>
    public bool IsOk => Error == FollowError.None;

    internal static FollowResult Of(in AdvanceResult advance, int at) => new(
        advance.Error switch
        {
            AdvanceError.None => FollowError.None,
            AdvanceError.NotAscending => FollowError.NotAscending,
            AdvanceError.NotJustified => FollowError.NotJustified,
            AdvanceError.UnsupportedDigest => FollowError.UnsupportedDigest,
            AdvanceError.InvalidNextSet => FollowError.InvalidNextSet,
            _ => FollowError.LastSet,
        },
        at,
        advance);
}
