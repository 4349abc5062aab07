using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
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

    /// <summary>Answers a client for ever.</summary>
    public async Task ServeAsync(ScriptedPeer peer)
    {
        while (true)
        {
            (long id, string method, JsonElement parameters) = await peer.RequestAsync();
            if (method == "state_getStorage" && Find(parameters[1].GetString()!) < OldestState) await peer.FailAsync(id, """{"code":4003,"message":"UnknownBlock: State already discarded"}""");
            else await peer.AnswerAsync(id, Answer(method, parameters));
            if (method != "chain_subscribeFinalizedHeads") continue;
            foreach (int number in News) await peer.NotifyAsync("\"news\"", HeaderText(_chain.Blocks[number].Header));
        }
    }

    public string Answer(string method, JsonElement parameters) => method switch
    {
        "chain_subscribeFinalizedHeads" => "\"news\"",
        "chain_unsubscribeFinalizedHeads" => "true",
        "chain_getBlock" => BlockText(Find(parameters[0].GetString()!)),
        "state_getStorage" => ValueText(parameters[0].GetString()!, Find(parameters[1].GetString()!)),
        "chain_getBlockHash" => Text(parameters[0].GetUInt32() is 0 ? Genesis.AsSpan().ToArray() : _chain.Blocks[parameters[0].GetInt32()].Hash.AsSpan().ToArray()),
        "chain_getHeader" => HeaderText(Header(_chain.Blocks[Find(parameters[0].GetString()!)].Header)),
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

    private string BlockText(int number)
    {
        string body = Bodies.TryGetValue(number, out OpaqueExtrinsic extrinsic) ? Text(Scale.Encode(extrinsic)) : "";
        return $"{{\"block\":{{\"header\":{HeaderText(_chain.Blocks[number].Header)},\"extrinsics\":[{body}]}},\"justifications\":null}}";
    }

    private string ValueText(string key, int number) =>
        Hex.TryParse(key, out byte[] bytes) && _chain.Blocks[number].State.TryGet(bytes, out ReadOnlySpan<byte> value) ? Text(value.ToArray()) : "null";

    private int Find(string hash) => Enumerable.Range(0, _chain.Blocks.Count).First(number =>
        $"{_chain.Blocks[number].Hash}" == hash || (number < States.Blocks.Count && $"{States.Blocks[number].Hash}" == hash) || (number == 0 && hash == $"{Genesis}"));

    private static string HeaderText(Header header)
    {
        string logs = string.Join(',', header.Digest.Logs.ToArray().Select(item => Text(Scale.Encode(item))));
        string number = header.Number.ToString("x", CultureInfo.InvariantCulture);
        return $"{{\"parentHash\":\"{header.ParentHash}\",\"number\":\"0x{number}\",\"stateRoot\":\"{header.StateRoot}\",\"extrinsicsRoot\":\"{header.ExtrinsicsRoot}\",\"digest\":{{\"logs\":[{logs}]}}}}";
    }

    private static string Text(byte[] bytes) => $"\"{Hex.Format(bytes)}\"";
}
