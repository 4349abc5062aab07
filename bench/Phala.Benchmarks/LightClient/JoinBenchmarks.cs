using BenchmarkDotNet.Attributes;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Benchmarks.LightClient;

/// <summary>Joining a chain of 1,000,000 blocks with 1,000 changes of the authority set (4 authorities) and 100,000 messages, each in an entry of its own: verified, not executed.</summary>
[MemoryDiagnoser]
public class JoinBenchmarks
{
    private const int Blocks = 1_000_000, Changes = 1_000, Messages = 100_000;

    private static readonly Channel[] Wanted = [Channel.System];

    private QueueChain? _start;
    private byte[] _advance = [];
    private Hash256[] _hashes = [];
    private (byte[] Entry, Vec<ChannelBody> Bodies)[] _entries = [];

    [GlobalSetup]
    public void Setup()
    {
        _start = QueueChain.Create();
        MakeEntries(out QueueHead queue);
        MerkleTrie state = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([QueueChain.Set(FrameSystem.BlockHash, 0u, _start.Genesis)]));
        ReadProofBuilder proof = new();
        proof.Add(state, FrameSystem.BlockHash.Key(0));
        WarpSyncFragment[] changes = [.. Enumerable.Range(0, Changes).Select(set => Fragment(set, (uint)((set + 1) * (Blocks / (Changes + 1))), new ScheduledChange(QueueVoter.ListOf(set + 1), 0).ToDigestItem(), default))];
        AdvanceProof jump = new AdvanceProof.Jump([.. changes], Fragment(Changes, Blocks, queue.ToDigestItem(), state.Root), [.. proof.Encode()]);
        _advance = Scale.Encode(jump);
    }

    [Benchmark]
    public ulong Join()
    {
        ChainFollower follower = _start!.Start();
        FollowResult result = follower.Advance(_advance, out _);
        if (!result.IsOk) throw new InvalidOperationException($"{result}");
        if (EntryDelivery.TryBegin(QueueCursor.Start, follower.Head, _hashes, out EntryDelivery? delivery) != EntryError.None) throw new InvalidOperationException("The hashes are refused.");
        foreach ((byte[] entry, Vec<ChannelBody> bodies) in _entries)
        {
            if (delivery!.TryNext(entry, bodies, Wanted, out _) != EntryError.None) throw new InvalidOperationException("An entry is refused.");
        }

        return delivery!.Cursor.Head.Count;
    }

    private static WarpSyncFragment Fragment(int set, uint number, DigestItem item, in Hash256 state)
    {
        Header header = new(default, number, state, TrieRoot.Empty, new Digest([AuraSeal.Claim(number), item]));
        return new WarpSyncFragment(header, QueueVoter.Justify(BlockId.Of(header), set));
    }

    private void MakeEntries(out QueueHead queue)
    {
        queue = QueueHead.Empty;
        (_hashes, _entries) = (new Hash256[Messages], new (byte[], Vec<ChannelBody>)[Messages]);
        byte[] payload = new byte[200];
        for (int index = 0; index < Messages; index++)
        {
            payload[index % payload.Length]++;
            EntryDraft draft = new();
            draft.Add(new Message(new MessageOrigin.Pallet([.. "PhalaRegistry"u8]), Topics.SystemEvent, [.. payload]), Channel.System);
            QueueEntry entry = draft.Build((uint)(index + 1) * (Blocks / Messages), default, 0);
            _hashes[index] = entry.Hash();
            _entries[index] = (Scale.Encode(entry), [new ChannelBody(Channel.System, [.. Scale.Encode<Phala.Codec.Codecs.VecCodec<Message, Message>, Vec<Message>>(draft.Messages(Channel.System))])]);
            queue = queue.Append(_hashes[index]);
        }
    }
}
