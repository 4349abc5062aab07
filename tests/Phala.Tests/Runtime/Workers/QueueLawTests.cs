using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>The queue is what follows from the messages of each block, and a header that says otherwise is refused.</summary>
public sealed class QueueLawTests
{
    private static readonly Vec<byte> Topic = Vec.Create("a/topic"u8);

    [Fact]
    public void HeadAndDigestAreWhatFollowsFromTheMessagesOfEachBlock()
    {
        PhalaChain chain = new(config => config with { SessionLength = 3 });
        NaiveQueue naive = new();
        chain.Chain.Author();
        Hash256[] contracts = Contracts(chain, naive);
        Random random = new(7);
        int ticks = 0, entries = 0, busiest = 0;
        for (int at = 0; at < 150; at++)
        {
            int pushes = at is > 40 and < 95 ? 0 : random.Next(6);
            uint nonce = chain.Chain[Actor.Charlie].Nonce;
            ulong before = chain.Queue.Count;
            chain.Chain.Author([.. Enumerable.Range(0, pushes).Select(push => chain.Chain.Sign(Actor.Charlie, Push(random, contracts), nonce + (uint)push))]);
            Assert.All(chain.Chain.Outcomes, outcome => Assert.False(outcome.Result.IsError));
            naive.Follow(chain);
            Assert.Equal(pushes, chain.Chain.EventsOf<PhalaMq.Pushed>().Count);
            entries += chain.Queue.Count > before ? 1 : 0;
            ticks += chain.Queue.Count > before && pushes == 0 ? 1 : 0;
            busiest = Math.Max(busiest, naive.Channels);
        }

        Assert.Equal((2, 4), (ticks, busiest));
        Assert.InRange(entries, 60, 110);
    }

    [Fact]
    public void ATickComesEachTwentiethBlockWithoutAnEntry()
    {
        PhalaChain chain = new();
        List<uint> entries = [];
        for (uint number = 1; number <= 75; number++)
        {
            if (number == 47) chain.Must(Actor.Bob, new PhalaMq.PushMessage(Topic, [1]));
            else chain.Chain.Author();
            if (chain.Queue.Count > (ulong)entries.Count) entries.Add(number);
        }

        Assert.Equal([20, 40, 47, 67], entries);
        Assert.Equal(67u, PhalaMq.LastEntry.Get(chain.Main));
    }

    [Fact]
    public void AnEntrysTimeIsItsSlots()
    {
        PhalaChain chain = new();
        chain.Must(Actor.Bob, new PhalaMq.PushMessage(Topic, [1]));
        EntryDraft draft = new();
        draft.Add(chain.Outbound()[0], Channel.System);
        Assert.Equal(chain.Queue, QueueHead.Empty.Append(draft.Build(1, chain.Chain.GenesisHash, 3000).Hash()));
    }

    [Fact]
    public void ACallThatFailsLeavesNothingInTheQueue()
    {
        PhalaChain chain = new();
        RuntimeCall push = RuntimeCall.Of(new PhalaMq.PushMessage(Topic, [1])), fails = RuntimeCall.Of(new PhalaMq.PushMessage(default, default));
        RuntimeCall inner = RuntimeCall.Of(new Utility.BatchAll([push, push, fails]));
        Assert.True(chain.Do(Actor.Bob, new Utility.BatchAll([push, fails])).Result.IsError);
        Assert.Equal(default, chain.Queue);
        Assert.Empty(chain.Chain.EventsOf<PhalaMq.Pushed>());

        chain.Must(Actor.Bob, new Utility.ForceBatch([push, inner, RuntimeCall.Of(new PhalaMq.PushMessage(Topic, [2]))]));
        Assert.Equal([[1], [2]], chain.Outbound().Select(message => message.Payload.ToArray()));
        Assert.Equal([0, 1], chain.Chain.EventsOf<PhalaMq.Pushed>().Select(pushed => pushed.Id.Index));
        Assert.Equal(1ul, chain.Queue.Count);
        chain.Chain.Author();
        Assert.Empty(chain.Outbound());
        Assert.False(chain.Main.TryGet(PhalaMq.OutboundMessages.Prefix, out _));
    }

    [Fact]
    public void AHeaderThatSaysAnotherQueueIsRefused()
    {
        PhalaChain chain = new();
        chain.Chain.Author();
        (BlockId parent, StateSnapshot state) = (chain.Chain.Best, chain.Chain.State);
        ExecutedBlock block = chain.Chain.Author(chain.Chain.Sign(Actor.Bob, new PhalaMq.PushMessage(Topic, [1])));
        DigestItem[] items = block.Header.Digest.Logs.ToArray();
        DigestItem item = Assert.IsType<DigestItem.Consensus>(items[1]);
        Assert.Equal(2, items.Length);
        QueueHead head = chain.Queue;
        DigestItem[][] wrong =
        [
            [items[0]],
            [items[0], item, item],
            [items[0], (head with { Count = 2 }).ToDigestItem()],
            [items[0], (head with { Hash = default }).ToDigestItem()],
            [items[0], new DigestItem.Consensus(new EngineId("phmp"u8), ((DigestItem.Consensus)item).Data)],
            [items[0], new DigestItem.Other(((DigestItem.Consensus)item).Data)],
            [items[0], item, new DigestItem.RuntimeEnvironmentUpdated()],
        ];
        foreach (DigestItem[] each in wrong) Assert.Equal(BlockError.WrongDigest, Check(block.Header with { Digest = new Digest([.. each]) }).Error);
        Assert.Equal(BlockError.None, Check(block.Header).Error);

        ExecutedBlock empty = new PhalaChain().Chain.Author();
        PhalaChain other = new();
        Header forged = empty.Header with { Digest = new Digest([empty.Header.Digest.Logs[0], QueueHead.Empty.Append(default).ToDigestItem()]) };
        Assert.Equal(BlockError.WrongDigest, other.Chain.Runtime.Execute(other.Chain.State, other.Chain.Best, forged, empty.Extrinsics, SignatureBatches.Verify, out _).Error);

        BlockFault Check(Header header) => chain.Chain.Runtime.Execute(state, parent, header, block.Extrinsics, SignatureBatches.Verify, out _);
    }

    [Fact]
    public void MessagesOfTheGenesisEnterTheQueueWithTheFirstBlock()
    {
        Message[] queued = [new(new MessageOrigin.Pallet(Vec.Create("Test"u8)), Topic, [1]), new(new MessageOrigin.Reserved(), default, [2]), new(new MessageOrigin.Reserved(), Vec.Create("^on/chain"u8), [3]), new(new MessageOrigin.Gatekeeper(), Topic, [4])];
        PhalaChain chain = new();
        StateOverlay overlay = new(chain.Chain.State);
        PhalaMq.QueuedOutboundMessage.Set(overlay.Main, [.. queued]);
        Assert.Equal(BlockError.None, chain.Chain.Runtime.TryBegin(overlay.ToSnapshot(), chain.Chain.Best, 1, out BlockExecution? execution));
        Assert.True(execution.TryPrepare(chain.Chain.Inherent(1), out PreparedTransaction? time));
        execution.Apply(time);
        Assert.Equal(BlockError.None, execution.TryFinish(out ExecutedBlock? block));
        Assert.Equal([queued[0], queued[3]], PhalaMq.OutboundMessages.Get(block.State.Main).ToArray());
        Assert.False(PhalaMq.QueuedOutboundMessage.TryGet(block.State.Main, out _));
        Assert.Equal(1ul, PhalaMq.QueueHead.Get(block.State.Main).Count);
    }

    private static Hash256[] Contracts(PhalaChain chain, NaiveQueue naive)
    {
        naive.Follow(chain);
        List<Hash256> contracts = [];
        foreach (TestWorker worker in (TestWorker[])[TestWorker.One, TestWorker.Two, TestWorker.Three])
        {
            chain.Register(worker);
            naive.Follow(chain);
            contracts.Add(chain.SystemOf(chain.AddCluster(worker)));
            naive.Follow(chain);
        }

        return [.. contracts];
    }

    private static PhalaMq.PushMessage Push(Random random, Hash256[] contracts)
    {
        byte[] payload = new byte[random.Next(200)];
        random.NextBytes(payload);
        int where = random.Next(contracts.Length + 1);
        return new PhalaMq.PushMessage(where == contracts.Length ? Topic : Topics.Command(contracts[where]), Vec.Create<byte>(payload));
    }

    /// <summary>The queue in plain steps, from each block's messages and header alone.</summary>
    private sealed class NaiveQueue
    {
        private readonly byte[] _head = new byte[32];
        private ulong _count;
        private uint _number, _last;

        /// <summary>How many channels the last entry had.</summary>
        public int Channels { get; private set; }

        public void Follow(PhalaChain chain)
        {
            Assert.Equal(++_number, chain.Chain.Best.Number);
            Message[] messages = [.. chain.Outbound()];
            bool appends = messages.Length > 0 || _number - _last == 20;
            if (appends) Append(chain, messages);
            Assert.Equal(_count, chain.Queue.Count);
            Assert.Equal(_head, chain.Queue.Hash.AsSpan());
            Digest digest = FrameSystem.Digest.Get(chain.Main);
            byte[] told = [.. digest.Logs.ToArray().OfType<DigestItem.Consensus>().Where(item => item.Engine == new EngineId("phmq"u8)).SelectMany(item => item.Data.ToArray())];
            Assert.Equal(appends ? [.. BitConverter.GetBytes(_count), .. _head] : [], told);
        }

        private void Append(PhalaChain chain, Message[] messages)
        {
            // The system's channel is named by an empty text here, so that it is the first.
            SortedDictionary<string, List<Message>> channels = new(StringComparer.Ordinal);
            foreach (Message message in messages)
            {
                string cluster = ClusterOf(chain, message);
                if (!channels.TryGetValue(cluster, out List<Message>? own)) channels[cluster] = own = [];
                own.Add(message);
            }

            Channels = channels.Count;
            List<byte> entry = [.. BitConverter.GetBytes(_number), .. FrameSystem.ParentHash.Get(chain.Main).AsSpan(), .. BitConverter.GetBytes(Aura.CurrentSlot.Get(chain.Main) * 3000), (byte)(4 * channels.Count)];
            foreach ((string cluster, List<Message> own) in channels)
            {
                entry.AddRange(cluster.Length == 0 ? [0] : [1, .. Convert.FromHexString(cluster)]);
                entry.AddRange(Hash(Scale.Encode<VecCodec<Message, Message>, Vec<Message>>([.. own])));
            }

            Hash([.. "phala-mq"u8, .. _head, .. Hash([.. entry])]).CopyTo(_head, 0);
            _count++;
            _last = _number;
        }

        /// <summary>In hexadecimal; nothing for the system's channel. What the pallets send is told by its payload.</summary>
        private static string ClusterOf(PhalaChain chain, Message message)
        {
            string topic = System.Text.Encoding.ASCII.GetString(message.Destination.AsSpan());
            if (topic.EndsWith("/command", StringComparison.Ordinal))
            {
                Hash256 contract = new(Convert.FromHexString(topic.Split('/')[2]));
                return Convert.ToHexString(PhalaPhatContracts.Contracts.Get(chain.Main, contract).Cluster.AsSpan());
            }

            return topic == "phala/cluster/key" ? Convert.ToHexString(message.Payload.AsSpan().Slice(1, 32)) : "";
        }

        private static byte[] Hash(byte[] bytes)
        {
            byte[] hash = new byte[32];
            Blake2b.Hash256(bytes, hash);
            return hash;
        }
    }
}
