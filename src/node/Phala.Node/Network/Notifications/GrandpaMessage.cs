using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Network.Notifications;

/// <summary>What is said about finality: how far a node is, and the votes that make a block final.</summary>
internal static class GrandpaMessage
{
    private const byte VoteKind = 0, CommitKind = 1, NeighborKind = 2, CatchUpRequestKind = 3, CatchUpKind = 4, Version = 1;

    /// <summary>Reads a message. Votes and requests to catch up are for voters, and passed over here.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="neighbor">How far the peer is, if that is what it says.</param>
    public static NotificationError TryDecode(ReadOnlySpan<byte> bytes, out NeighborPacket? neighbor)
    {
        neighbor = null;
        ScaleReader reader = new(bytes);
        if (!reader.TryReadByte(out byte kind)) return NotificationError.Malformed;
        if (kind is VoteKind or CommitKind or CatchUpRequestKind or CatchUpKind) return NotificationError.None;
        bool isRead = kind == NeighborKind && reader.TryReadByte(out byte version) && version == Version;
        if (!isRead || !reader.TryReadUInt64(out ulong round) || !reader.TryReadUInt64(out ulong set) || !reader.TryReadUInt32(out uint height) || !reader.TryFinish()) return NotificationError.Malformed;
        neighbor = new NeighborPacket(round, set, height);
        return NotificationError.None;
    }

    /// <summary>How far this node is.</summary>
    public static byte[] Encode(NeighborPacket neighbor)
    {
        byte[] bytes = new byte[2 + (2 * sizeof(ulong)) + sizeof(uint)];
        ScaleWriter writer = new(bytes);
        writer.WriteByte(NeighborKind);
        writer.WriteByte(Version);
        writer.WriteUInt64(neighbor.Round);
        writer.WriteUInt64(neighbor.Set);
        writer.WriteUInt32(neighbor.Height);
        return bytes;
    }

    /// <summary>A justification's votes, as they are gossiped: first what was voted for, then who signed.</summary>
    public static byte[] EncodeCommit(in Justification justification, ulong set)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            Commit commit = justification.Commit;
            writer.WriteByte(CommitKind);
            writer.WriteUInt64(justification.Round);
            writer.WriteUInt64(set);
            writer.WriteSpan(commit.TargetHash.AsSpan());
            writer.WriteUInt32(commit.TargetNumber);
            writer.WriteLength(commit.Precommits.Length);
            foreach (SignedPrecommit vote in commit.Precommits) WriteTarget(ref writer, vote.Precommit);
            writer.WriteLength(commit.Precommits.Length);
            foreach (SignedPrecommit vote in commit.Precommits)
            {
                writer.WriteSpan(vote.Signature.AsSpan());
                writer.WriteSpan(vote.Id.AsSpan());
            }

            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void WriteTarget(ref ScaleWriter writer, in Precommit precommit)
    {
        writer.WriteSpan(precommit.TargetHash.AsSpan());
        writer.WriteUInt32(precommit.TargetNumber);
    }
}
