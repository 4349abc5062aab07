using System.Buffers.Binary;

namespace Phala.Chain.Grandpa;

/// <summary>What a voter signs: the kind of vote, its target, and the round and set it belongs to, so that a vote counts nowhere else.</summary>
public static class VotePayload
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 1 + Trie.Hash256.Size + sizeof(uint) + sizeof(ulong) + sizeof(ulong);

    private const byte PrecommitKind = 1;

    /// <summary>Writes the payload of a precommit: <c>01 ‖ target hash ‖ target number u32 ‖ round u64 ‖ set u64</c>.</summary>
    /// <param name="precommit">The vote.</param>
    /// <param name="round">The round.</param>
    /// <param name="setId">The set.</param>
    /// <param name="destination">Room for <see cref="Length"/> bytes.</param>
    public static void WritePrecommit(in Precommit precommit, ulong round, ulong setId, Span<byte> destination)
    {
        const int NumberAt = 1 + Trie.Hash256.Size, RoundAt = NumberAt + sizeof(uint), SetAt = RoundAt + sizeof(ulong);
        destination[0] = PrecommitKind;
        precommit.TargetHash.AsSpan().CopyTo(destination[1..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[NumberAt..], precommit.TargetNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[RoundAt..], round);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[SetAt..], setId);
    }
}
