using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Benchmarks.LightClient;

/// <summary>What a worker that joins is brought of a chain of 1,000,000 blocks with 1,000 changes of the authority set (4 authorities) and 100,000 messages, each in an entry of its own.</summary>
internal sealed class JoinChain
{
    public const int Blocks = 1_000_000, Changes = 1_000, Messages = 100_000;

    private readonly QueueChain _start = QueueChain.Create();
    private readonly byte[] _advance;
    private readonly Channel[] _wanted;
    private readonly Hash256[] _hashes = new Hash256[Messages];
    private readonly (byte[] Entry, Vec<ChannelBody> Bodies)[] _entries = new (byte[], Vec<ChannelBody>)[Messages];

    /// <summary>Makes it.</summary>
    /// <param name="channel">The channel of all messages.</param>
    /// <param name="message">The messages of an entry, by its place and time.</param>
    public JoinChain(Channel channel, Func<int, ulong, Message[]> message)
    {
        _wanted = [channel];
        QueueHead queue = MakeEntries(channel, message);
        MerkleTrie state = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([QueueChain.Set(FrameSystem.BlockHash, 0u, _start.Genesis)]));
        ReadProofBuilder proof = new();
        proof.Add(state, FrameSystem.BlockHash.Key(0));
        WarpSyncFragment[] changes = [.. Enumerable.Range(0, Changes).Select(set => Fragment(set, (uint)((set + 1) * (Blocks / (Changes + 1))), new ScheduledChange(QueueVoter.ListOf(set + 1), 0).ToDigestItem(), default))];
        _advance = Scale.Encode<AdvanceProof>(new AdvanceProof.Jump([.. changes], Fragment(Changes, Blocks, queue.ToDigestItem(), state.Root), [.. proof.Encode()]));
    }

    /// <summary>Verifies all of it.</summary>
    /// <param name="take">What is done with each entry.</param>
    public ulong Join(Action<VerifiedEntry> take)
    {
        ChainFollower follower = _start.Start();
        FollowResult result = follower.Advance(_advance, out _);
        if (!result.IsOk) throw new InvalidOperationException($"{result}");
        QueueWaypoints waypoints = new();
        while (waypoints.FindGap(follower.Head.Queue, QueueHead.Empty) is { } gap)
        {
            QueueHead claimed = QueueHead.Empty.Append(_hashes.AsSpan(0, (int)gap.From));
            if (waypoints.TryProve(follower.Head.Queue, claimed, _hashes.AsSpan((int)gap.From..(int)gap.To.Count)) != WaypointError.None) throw new InvalidOperationException("A waypoint is refused.");
        }

        QueueCursor cursor = QueueCursor.Start;
        while (waypoints.TryFindTarget(follower.Head.Queue, cursor.Head, out QueueHead target)) cursor = Deliver(cursor, follower.Head, waypoints, target, take);
        return cursor.Head.Count;
    }

    private QueueCursor Deliver(in QueueCursor cursor, VerifiedHead head, QueueWaypoints waypoints, in QueueHead target, Action<VerifiedEntry> take)
    {
        Range range = (int)cursor.Head.Count..(int)target.Count;
        if (EntryDelivery.TryBegin(cursor, head, waypoints, _hashes.AsSpan(range), out EntryDelivery? delivery) != EntryError.None) throw new InvalidOperationException("The hashes are refused.");
        foreach ((byte[] entry, Vec<ChannelBody> bodies) in _entries.AsSpan(range))
        {
            if (delivery!.TryNext(entry, bodies, _wanted, out VerifiedEntry? verified) != EntryError.None) throw new InvalidOperationException("An entry is refused.");
            take(verified!);
        }

        return delivery!.Cursor;
    }

    private static WarpSyncFragment Fragment(int set, uint number, DigestItem item, in Hash256 state)
    {
        Header header = new(default, number, state, TrieRoot.Empty, new Digest([AuraSeal.Claim(number), item]));
        return new WarpSyncFragment(header, QueueVoter.Justify(BlockId.Of(header), set));
    }

    private QueueHead MakeEntries(Channel channel, Func<int, ulong, Message[]> message)
    {
        QueueHead queue = QueueHead.Empty;
        for (int index = 0; index < Messages; index++)
        {
            uint block = (uint)(index + 1) * (Blocks / Messages);
            ulong time = block * QueueChain.SlotDuration;
            EntryDraft draft = new();
            foreach (Message each in message(index, time)) draft.Add(each, channel);
            QueueEntry entry = draft.Build(block, default, time);
            _hashes[index] = entry.Hash();
            _entries[index] = (Scale.Encode(entry), [new ChannelBody(channel, [.. Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(draft.Messages(channel))])]);
            queue = queue.Append(_hashes[index]);
        }

        return queue;
    }
}
