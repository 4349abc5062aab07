using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Worker.Interface.Receipts;

/// <summary>What came of a command.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Gas">What it took.</param>
/// <param name="Output">What the contract returned; of ink! 4 a <c>Result&lt;T, LangError&gt;</c>.</param>
[Scale]
public sealed partial record Outcome(OutcomeStatus Status, ulong Gas, Vec<byte> Output)
{
    /// <summary>The commitment in the receipt: <c>blake2_256("phala outcome v1" ‖ blinder ‖ SCALE(outcome))</c>. Without the blinder it says nothing.</summary>
    public Hash256 Commitment(in Blinder blinder)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256([.. "phala outcome v1"u8, .. blinder.AsSpan(), .. Scale.Encode(this)], hash);
        return new Hash256(hash);
    }
}
