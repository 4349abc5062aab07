using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Tests.Client;

/// <summary>What a node answers about a chain in memory, and lies that a test tells instead.</summary>
internal sealed class MemoryNode
{
    private readonly QueueChain _chain;

    public MemoryNode(QueueChain chain)
    {
        _chain = States = chain;
        Height = () => chain.Height;
        Genesis = chain.Genesis;
    }

    /// <summary>Changes the nodes of read proofs.</summary>
    public Func<List<byte[]>, List<byte[]>> Proof { get; set; } = nodes => nodes;

    /// <summary>Names the block whose state is read instead of the one that was asked for.</summary>
    public Func<int, int> StateOf { get; set; } = number => number;

    /// <summary>Changes what shows the last block to be final.</summary>
    public Func<WarpSyncProof, WarpSyncProof> Finality { get; set; } = proof => proof;

    /// <summary>The last block that the node tells of.</summary>
    public Func<int> Height { get; set; }

    /// <summary>The chain whose states are read.</summary>
    public QueueChain States { get; set; }

    /// <summary>Names the block whose values are told, without a proof, instead of the one that was asked for.</summary>
    public Func<int, int> ValuesOf { get; set; } = number => number;

    /// <summary>Another history, whose headers and queue are told; null for none.</summary>
    public QueueChain? Fork { get; set; }

    /// <summary>Changes the header that is told.</summary>
    public Func<Header, Header> Header { get; set; } = header => header;

    /// <summary>The hash of the first block, as it is told.</summary>
    public Hash256 Genesis { get; set; }

    /// <summary>Extrinsics of blocks by number.</summary>
    public Dictionary<int, OpaqueExtrinsic> Bodies { get; } = [];

    /// <summary>The number of the oldest block whose state the node has; proofs it gives of all.</summary>
    public int OldestState { get; set; }

    /// <summary>The numbers of the final blocks that a subscriber hears of.</summary>
    public IReadOnlyList<int> News { get; set; } = [];

    /// <summary>Takes a transaction, and names the final block that is said to have it.</summary>
    public Func<OpaqueExtrinsic, Hash256> Submit { get; set; } = _ => default;

    /// <summary>Changes the entries of the queue that are told.</summary>
    public Func<QueueEntry, QueueEntry> Entry { get; set; } = entry => entry;

    /// <summary>Changes the messages of entries that are told.</summary>
    public Func<Vec<byte>, Vec<byte>> Messages { get; set; } = messages => messages;

    /// <summary>Answers a client for ever.</summary>
    public async Task ServeAsync(ScriptedPeer peer)
    {
        while (true)
        {
            (long id, string method, JsonElement parameters) = await peer.RequestAsync();
            if (method == "state_getStorage" && Find(parameters[1].GetString()!) < OldestState) await peer.FailAsync(id, """{"code":4003,"message":"UnknownBlock: State already discarded"}""");
            else await peer.AnswerAsync(id, Answer(method, parameters));
            if (method == "author_submitAndWatchExtrinsic") await peer.NotifyAsync("\"watch\"", $$"""{"finalized":"{{Submit(TransactionOf(parameters[0].GetString()!))}}"}""");
            if (method != "chain_subscribeFinalizedHeads") continue;
            foreach (int number in News) await peer.NotifyAsync("\"news\"", HeaderText(_chain.Blocks[number].Header));
        }
    }

    public string Answer(string method, JsonElement parameters) => method switch
    {
        "chain_subscribeFinalizedHeads" => "\"news\"",
        "chain_unsubscribeFinalizedHeads" or "author_unwatchExtrinsic" => "true",
        "author_submitAndWatchExtrinsic" => "\"watch\"",
        "system_accountNextIndex" => "0",
        "state_getRuntimeVersion" => $$"""{"specName":"phala-node","specVersion":{{PhalaVersion.LatestSpec}},"transactionVersion":{{PhalaVersion.Transaction}}}""",
        "chain_getFinalizedHead" => $"\"{_chain.Blocks[Height()].Hash}\"",
        "pha_getQueueEntries" => EntriesText(parameters[0].GetUInt64() + 1),
        "pha_getQueueBodies" => BodiesText(parameters[0][0].GetUInt64(), parameters[1][0].GetString()!),
        "chain_getBlock" => BlockText(Find(parameters[0].GetString()!)),
        "state_getStorage" => ValueText(parameters[0].GetString()!, ValuesOf(Find(parameters[1].GetString()!))),
        "chain_getBlockHash" => Text(parameters[0].GetUInt32() is 0 ? Genesis.AsSpan().ToArray() : _chain.Blocks[parameters[0].GetInt32()].Hash.AsSpan().ToArray()),
        "chain_getHeader" => HeaderText(Header(Named(parameters[0].GetString()!).Header)),
        "state_getReadProof" => ProofText(parameters),
        "pha_getFinalityChain" => Text(Scale.Encode(Finality(FinalityFrom(parameters[0].GetUInt64())))),
        _ => "null",
    };

    private WarpSyncProof FinalityFrom(ulong set)
    {
        int height = Height();
        WarpSyncFragment[] changes = [.. Enumerable.Range(1, height - 1).Where(number => _chain.Blocks[number].Changes && (ulong)_chain.Blocks[number].Set >= set).Select(_chain.Fragment)];
        return new WarpSyncProof([.. changes, _chain.Fragment(height)], true);
    }

    private string ProofText(JsonElement parameters)
    {
        ReadProofBuilder builder = new();
        MerkleTrie state = States.Blocks[StateOf(Find(parameters[1].GetString()!))].State;
        foreach (JsonElement key in parameters[0].EnumerateArray()) builder.Add(state, Hex.TryParse(key.GetString()!, out byte[] bytes) ? bytes : []);
        return $$"""{"at":{{Text(new byte[32])}},"proof":[{{string.Join(',', Proof([.. builder.Nodes]).Select(Text))}}]}""";
    }

    private string EntriesText(ulong count)
    {
        QueueBlock? block = (Fork ?? _chain).Blocks.FirstOrDefault(block => block.Added is not null && block.Queue.Count == count);
        return block is null ? "[]" : $$"""[{"count":{{count}},"entry":{{Text(Scale.Encode(Entry(block.Added!.Entry)))}}}]""";
    }

    private string BodiesText(ulong count, string channel)
    {
        DerivedEntry entry = (Fork ?? _chain).Blocks.First(block => block.Added is not null && block.Queue.Count == count).Added!;
        ChannelBody body = entry.Bodies.First(body => Hex.Format(Scale.Encode(body.Channel)) == channel);
        return $$"""[{"count":{{count}},"bodies":[{"channel":"{{channel}}","messages":{{Text(Messages(body.Messages).ToArray())}}}]}]""";
    }

    private static OpaqueExtrinsic TransactionOf(string text) => Hex.TryParse(text, out byte[] bytes) ? Scale.Decode<OpaqueExtrinsic>(bytes).Value : default;

    private string BlockText(int number)
    {
        string body = Bodies.TryGetValue(number, out OpaqueExtrinsic extrinsic) ? Text(Scale.Encode(extrinsic)) : "";
        return $"{{\"block\":{{\"header\":{HeaderText(_chain.Blocks[number].Header)},\"extrinsics\":[{body}]}},\"justifications\":null}}";
    }

    private string ValueText(string key, int number) =>
        Hex.TryParse(key, out byte[] bytes) && _chain.Blocks[number].State.TryGet(bytes, out ReadOnlySpan<byte> value) ? Text(value.ToArray()) : "null";

    private int Find(string hash) => Enumerable.Range(0, _chain.Blocks.Count).First(number =>
        $"{_chain.Blocks[number].Hash}" == hash || (number < States.Blocks.Count && $"{States.Blocks[number].Hash}" == hash) || (number < Fork?.Blocks.Count && $"{Fork.Blocks[number].Hash}" == hash) || (number == 0 && hash == $"{Genesis}"));

    private QueueBlock Named(string hash) => (Fork ?? _chain).Blocks.FirstOrDefault(block => $"{block.Hash}" == hash) ?? _chain.Blocks[Find(hash)];

    private static string HeaderText(Header header)
    {
        string logs = string.Join(',', header.Digest.Logs.ToArray().Select(item => Text(Scale.Encode(item))));
        string number = header.Number.ToString("x", CultureInfo.InvariantCulture);
        return $"{{\"parentHash\":\"{header.ParentHash}\",\"number\":\"0x{number}\",\"stateRoot\":\"{header.StateRoot}\",\"extrinsicsRoot\":\"{header.ExtrinsicsRoot}\",\"digest\":{{\"logs\":[{logs}]}}}}";
    }

    private static string Text(byte[] bytes) => $"\"{Hex.Format(bytes)}\"";
}
