using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Testing.Chain;

/// <summary>
/// A chain of headers with what light clients look at and nothing else: slots, the queue, hashes of blocks, changes of the authority set, and states that hold it, without a runtime. An independent
/// writing-down of what the pallets do.
/// </summary>
public sealed class QueueChain
{
    /// <summary>The length of a slot in milliseconds.</summary>
    public const ulong SlotDuration = 6000;

    private readonly List<QueueBlock> _blocks = [];
    private readonly Dictionary<Hash256, Hash256> _contracts = [];
    private readonly Dictionary<uint, Justification> _justifications = [];
    private readonly bool _hasQueue;
    private readonly int _mark;

    private QueueChain(bool hasQueue, int mark) => (_hasQueue, _mark) = (hasQueue, mark);

    /// <summary>The blocks by number.</summary>
    public IReadOnlyList<QueueBlock> Blocks => _blocks;

    /// <summary>The number of the last block.</summary>
    public int Height => _blocks.Count - 1;

    /// <summary>The last block.</summary>
    public QueueBlock Best => _blocks[^1];

    /// <summary>The hash of the first block.</summary>
    public Hash256 Genesis => _blocks[0].Hash;

    /// <summary>Begins a chain.</summary>
    /// <param name="hasQueue">Whether the chain keeps the queue's head, in its state and in digests.</param>
    /// <param name="mark">What tells this chain from others.</param>
    public static QueueChain Create(bool hasQueue = true, int mark = 0)
    {
        QueueChain chain = new(hasQueue, mark);
        MerkleTrie state = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([
            Set(Grandpa.Authorities, QueueVoter.ListOf(0)), Set(Aura.SlotDuration, SlotDuration), Set(FrameSystem.Number, (uint)mark),
        ]));
        Header header = Header.Genesis(state.Root);
        chain._blocks.Add(new QueueBlock(header, header.Hash(), state, 0, false, 0, QueueHead.Empty, 0, null));
        return chain;
    }

    /// <summary>A second chain that shares the blocks up to a number.</summary>
    /// <param name="height">The last block that both have.</param>
    /// <param name="mark">What tells its further blocks from those of this chain.</param>
    public QueueChain Fork(int height, int mark = 1)
    {
        QueueChain fork = new(_hasQueue, mark);
        fork._blocks.AddRange(_blocks.Take(height + 1));
        foreach ((Hash256 contract, Hash256 cluster) in _contracts) fork._contracts[contract] = cluster;
        return fork;
    }

    /// <summary>From the next block on there is a contract.</summary>
    public void AddContract(in Hash256 contract, in Hash256 cluster) => _contracts[contract] = cluster;

    /// <summary>Adds a block.</summary>
    /// <param name="messages">What it pushes.</param>
    /// <param name="changes">Whether another set follows.</param>
    /// <param name="slots">How many slots after the block before.</param>
    /// <param name="edit">What its digest becomes before it is hashed.</param>
    /// <param name="spoil">Changes to the state that no pallet makes.</param>
    public QueueBlock Append(
        IReadOnlyList<Message>? messages = null, bool changes = false, ulong slots = 1, Func<Digest, Digest>? edit = null, params TrieChange[] spoil)
    {
        QueueBlock parent = Best;
        uint number = parent.Header.Number + 1;
        ulong slot = parent.Slot + slots;
        DerivedEntry? added = EntryOf(messages ?? [], number, parent, slot);
        QueueHead queue = added is null ? parent.Queue : parent.Queue.Append(added.Entry.Hash());
        int set = parent.Changes ? parent.Set + 1 : parent.Set;
        List<TrieChange> writes = Writes(messages ?? [], number, parent, queue);
        MerkleTrie state = parent.State.Apply(TrieDelta.Create([.. writes])).Apply(TrieDelta.Create(spoil));

        List<DigestItem> logs = [AuraSeal.Claim(slot)];
        if (added is not null && _hasQueue) logs.Add(queue.ToDigestItem());
        if (changes) logs.Add(new ScheduledChange(QueueVoter.ListOf(set + 1), 0).ToDigestItem());
        Digest digest = new([.. logs]);
        Header header = new(parent.Hash, number, state.Root, TrieRoot.Empty, edit is null ? digest : edit(digest));
        _blocks.Add(new QueueBlock(header, header.Hash(), state, set, changes, slot, queue, added is null ? parent.LastEntry : number, added));
        return Best;
    }

    /// <summary>A storage item's write.</summary>
    public static TrieChange Set<TCodec, T>(StorageValue<TCodec, T> item, in T value)
        where TCodec : IScaleCodec<T> => TrieChange.Set(item.Prefix.ToArray(), Scale.Encode<TCodec, T>(value));

    /// <summary>A write to a map.</summary>
    public static TrieChange Set<TKeyCodec, TKey, TCodec, T>(StorageMap<TKeyCodec, TKey, TCodec, T> map, in TKey key, in T value)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T> => TrieChange.Set(map.Key(key), Scale.Encode<TCodec, T>(value));

    /// <summary>A block's justification by its set.</summary>
    public Justification Justify(int number)
    {
        if (_justifications.TryGetValue((uint)number, out Justification known)) return known;
        QueueBlock block = _blocks[number];
        return _justifications[(uint)number] = QueueVoter.Justify(block.Id, block.Set);
    }

    /// <summary>A block with its justification.</summary>
    public WarpSyncFragment Fragment(int number) => new(_blocks[number].Header, Justify(number));

    /// <summary>What shows a block to be final.</summary>
    public FinalityClaim Claim(int number, params byte[][] keys) =>
        new(Fragment(number), (ulong)_blocks[number].Set, QueueVoter.ListOf(_blocks[number].Set), keys.Length == 0 ? default : ReadProof(number, keys));

    /// <summary>A read proof of keys under a block's state root.</summary>
    public Vec<byte> ReadProof(int number, params byte[][] keys)
    {
        ReadProofBuilder builder = new();
        foreach (byte[] key in keys) builder.Add(_blocks[number].State, key);
        return Vec.Create<byte>(builder.Encode());
    }

    /// <summary>What a light client starts with.</summary>
    public byte[] GenesisProof() => ReadProof(0, Grandpa.Authorities.Prefix.ToArray(), Aura.SlotDuration.Prefix.ToArray()).ToArray();

    /// <summary>A light client of this chain at its genesis.</summary>
    public ChainFollower Start(LightClientMode mode = LightClientMode.Digest)
    {
        StartError error = ChainFollower.TryStart(Genesis, _blocks[0].Header, GenesisProof(), mode, out ChainFollower? follower);
        return follower ?? throw new InvalidOperationException($"No client: {error}.");
    }

    /// <summary>The advance from one block to a later one, as an honest relayer makes it.</summary>
    public AdvanceProof.Jump Jump(int from, int to)
    {
        List<byte[]> keys = [];
        if (from == 0 || to - from <= BlockLimits.BlockHashCount) keys.Add(FrameSystem.BlockHash.Key((uint)from));
        if (_blocks[to].Added is null || !_hasQueue) keys.Add(PhalaMq.QueueHead.Prefix.ToArray());
        WarpSyncFragment[] changes = [.. Enumerable.Range(from + 1, to - from - 1).Where(number => _blocks[number].Changes).Select(Fragment)];
        return new AdvanceProof.Jump([.. changes], Fragment(to), keys.Count == 0 ? default : ReadProof(to, [.. keys]));
    }

    /// <summary>The same advance header by header.</summary>
    public AdvanceProof.Walk Walk(int from, int to) => new([.. Enumerable.Range(from + 1, to - from).Select(number => Walked(number, number == to))]);

    /// <summary>One block as a walk with a proof of any keys.</summary>
    public WalkedBlock[] Walked(int number, byte[][] keys) => [new(_blocks[number].Header, ReadProof(number, keys), new(Justify(number)))];

    /// <summary>A block of a walk.</summary>
    public WalkedBlock Walked(int number, bool isLast)
    {
        QueueBlock block = _blocks[number];
        List<byte[]> keys = [PhalaMq.OutboundMessages.Prefix.ToArray()];
        foreach (Message message in PhalaMq.OutboundMessages.Get(block.State))
        {
            if (Topics.TryReadCommand(message.Destination.AsSpan(), out Hash256 contract)) keys.Add(PhalaPhatContracts.Contracts.Key(contract));
        }

        Option<Justification> justification = isLast || block.Changes ? new(Justify(number)) : default;
        return new WalkedBlock(block.Header, ReadProof(number, [.. keys]), justification);
    }

    /// <summary>The entries after one block, up to another.</summary>
    public IEnumerable<DerivedEntry> Entries(int from, int to) => _blocks.Skip(from + 1).Take(to - from).Where(block => block.Added is not null).Select(block => block.Added!);

    private List<TrieChange> Writes(IReadOnlyList<Message> messages, uint number, QueueBlock parent, in QueueHead queue)
    {
        List<TrieChange> writes = [Set(FrameSystem.BlockHash, parent.Header.Number, parent.Hash), Set(FrameSystem.Number, number ^ ((uint)_mark << 24))];
        if (number > BlockLimits.BlockHashCount + 1) writes.Add(TrieChange.Remove(FrameSystem.BlockHash.Key(number - BlockLimits.BlockHashCount - 1)));
        writes.Add(messages.Count == 0 ? TrieChange.Remove(PhalaMq.OutboundMessages.Prefix.ToArray()) : Set(PhalaMq.OutboundMessages, [.. messages]));
        if (_hasQueue && queue != parent.Queue) writes.Add(Set(PhalaMq.QueueHead, queue));
        foreach ((Hash256 contract, Hash256 cluster) in _contracts)
        {
            byte[] key = PhalaPhatContracts.Contracts.Key(contract);
            if (!parent.State.Contains(key)) writes.Add(TrieChange.Set(key, Scale.Encode(new BasicContractInfo(default, cluster))));
        }

        return writes;
    }

    private DerivedEntry? EntryOf(IReadOnlyList<Message> messages, uint number, QueueBlock parent, ulong slot)
    {
        if (messages.Count == 0 && number - parent.LastEntry < QueueEntry.TickInterval) return null;
        EntryDraft draft = new();
        foreach (Message message in messages) draft.Add(message, QueueRouting.ChannelOf(message, contract => _contracts.TryGetValue(contract, out Hash256 cluster) ? cluster : null));
        QueueEntry entry = draft.Build(number, parent.Hash, slot * SlotDuration);
        return new DerivedEntry(entry, [.. entry.Channels.ToArray().Select(each => new ChannelBody(each.Channel, [.. Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(draft.Messages(each.Channel))]))]);
    }
}
