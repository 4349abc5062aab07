using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Chain;
using Phala.Codec;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Metrics;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Messages;
using Phala.Node.Rpc.Methods;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Node.TxPool;
using Phala.Runtime.Apis;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// Calls of the node's own methods over a chain: texts, and pairs of a method and values for its parameters that bytes choose. Any call has one reply of the right form, of
/// bounded cost. Past the outermost check is what opens an object or an array.
/// </summary>
internal sealed class RpcMethodTarget : FuzzTarget
{
    private const byte LastComposed = 0x1F;

    private const string OfTheNode = "a code of the node's own";

    private readonly Dispatcher _dispatcher;
    private readonly string[] _methods;
    private readonly string[] _values;

    public RpcMethodTarget()
    {
        TestChain chain = TestChain.Create();
        NodeContext context = MakeContext(chain);
        RpcRegistry registry = new();
        new NodeMethods(context).Register(registry);
        MethodTable table = registry.Freeze();
        _methods = [.. table.Names.Order(StringComparer.Ordinal)];
        _dispatcher = new Dispatcher(table, new RpcOptions { MaxBatchLength = 3 }, new RpcMetrics(new MetricRegistry(), table.Names), TimeProvider.System, NullLogger.Instance);
        string genesis = Hex.Format(context.Store.GenesisHash.AsSpan()), transaction = Hex.Format(Scale.Encode(chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, 5)))), account = Hex.Format(FrameSystem.Account.Key(Actor.Alice.Account));
        _values =
        [
            "null", "0", "1", "18446744073709551615", "\"0x0\"", "\"0x\"", "\"\"", $"\"{genesis}\"", $"\"0x{new string('1', 64)}\"", $"\"{transaction}\"", $"\"{account}\"", $"\"{account[..66]}\"", $"[\"{account}\"]",
            $"[\"{genesis}\",\"{genesis}\"]", "\"Metadata_metadata_at_version\"", "\"0x0e000000\"", "\"Core_version\"", "\"TaggedTransactionQueue_validate_transaction\"", $"\"0x02{transaction[2..]}{genesis[2..]}\"", "\"TransactionPaymentApi_query_info\"",
            $"\"{transaction}d0000000\"", "\"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY\"", "\"aura\"", "\"//Alice\"", "true", "[]", "{}", "1000", $"[{{\"key\":\"{account}\",\"type\":\"value\"}}]", "\"0x3a6368696c645f73746f726167653a64656661756c743a61\"", "-1", "\"\\u0000\"",
        ];
        Corpus = [.. Enumerable.Range(0, _methods.Length).Select(method => (byte[])[(byte)(method % 32), (byte)method, (byte)(method % 4), .. Enumerable.Range(method, 9).Select(at => (byte)at)]), .. Texts(genesis, transaction, account), .. Enumerable.Repeat("[1,2,3,4,5,6,7,8]"u8.ToArray(), 8)];
    }

    public override string Name => "rpc-methods";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyCollection<string> Errors { get; } = [.. new[] { -32700, -32600, -32601, -32602, -32603, -32010 }.Select(code => code.ToString(CultureInfo.InvariantCulture)), OfTheNode];

    // Metadata is read, made to text and escaped.
    public override long AllocationBound(int inputLength) => (16 * 1024 * 1024) + (1024L * inputLength);

    public override int SampleSize => 6000;

    public override FuzzOutcome Run(byte[] input)
    {
        byte[] text = input.Length > 1 && input[0] <= LastComposed ? Compose(input) : Array.ConvertAll(input, each => (byte)Math.Max(each & 0x7F, (int)' '));
        using Exchange exchange = new(new Caller(Protocol.Http, null), new RpcCall(null, mayUseUnsafe: true));
        ValueTask answering = _dispatcher.ExecuteAsync(text, exchange);
        if (!answering.IsCompletedSuccessfully) answering.AsTask().GetAwaiter().GetResult();
        return new FuzzOutcome(new JsonScanner(text).Peek() is (byte)'{' or (byte)'[', Verdict(exchange.Reply.Written));
    }

    private static string? Verdict(ReadOnlyMemory<byte> reply)
    {
        if (reply.IsEmpty) return null;
        using JsonDocument document = JsonDocument.Parse(reply);
        if (document.RootElement.ValueKind == JsonValueKind.Array) return null;
        if (!document.RootElement.TryGetProperty("id"u8, out _)) throw new InvalidOperationException("The reply is no reply.");
        if (!document.RootElement.TryGetProperty("error"u8, out JsonElement error)) return null;
        int code = error.GetProperty("code"u8).GetInt32();
        if (code == RpcErrorCode.InternalError && !error.GetProperty("message"u8).ValueEquals("Subscriptions need a WebSocket connection"u8)) throw new InvalidOperationException($"A method failed: {error}");
        return code > 0 ? OfTheNode : code.ToString(CultureInfo.InvariantCulture);
    }

    private byte[] Compose(byte[] input)
    {
        IEnumerable<string> parameters = input.Skip(3).Take(input.Length > 2 ? input[2] % 5 : 0).Select(each => _values[each % _values.Length]);
        return Encoding.ASCII.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{_methods[input[1] % _methods.Length]}}","params":[{{string.Join(',', parameters)}}]}""");
    }

    private static IEnumerable<byte[]> Texts(string genesis, string transaction, string account) => new[]
    {
        $"\"author_submitExtrinsic\",\"params\":[\"{transaction}\"]", $"\"state_getStorage\",\"params\":[\"{account}\",\"{genesis}\"]", "\"chain_getBlock\",\"params\":[]", "\"state_getKeysPaged\",\"params\":[\"0x\",100,null,null]",
        "\"state_call\",\"params\":[\"AuraApi_authorities\",\"0x\"]", $"\"state_queryStorageAt\",\"params\":[[\"{account}\"]]", "\"system_properties\",\"params\":[]", "\"chain_getBlockHash\",\"params\":[[0,1,\"0x2\"]]",
    }.Select(rest => Encoding.ASCII.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":{rest}}}"));

    private static NodeContext MakeContext(TestChain chain)
    {
        string directory = Directory.CreateTempSubdirectory("phala-fuzz-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        if (GenesisBuilder.TryBuild(TestChain.Usual, TestChain.LightCode, out StateSnapshot? state) != GenesisError.None) throw new InvalidOperationException("No genesis.");
        List<TrieChange> changes = [];
        TrieCursor cursor = new(state.Main);
        while (cursor.MoveNext()) changes.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        Genesis genesis = new("fuzz", StoredBlock.Create(Header.Genesis(state.Root), []), StateDelta.Create(TrieDelta.Create([.. changes])), StateVersion.V1);
        if (!ChainStore.TryCreate(new DiskFileSystem(), directory, genesis, new StorageOptions { MaintainInBackground = false }, out ChainStore? store, out StorageFailure? failure)) throw new InvalidOperationException(failure?.ToString());
        return new NodeContext
        {
            Store = store,
            Runtime = chain.Runtime,
            Apis = new RuntimeApiCalls(chain.Runtime),
            Feed = new ChainFeed(),
            Pool = new TransactionPool(chain.Runtime, new BlockId(store.GenesisHash, 0), state, new PoolOptions(), TimeProvider.System),
            Chain = new ChainFacts("Fuzz", "Development", "{}"u8.ToArray()),
            Node = new NodeFacts("phala-node", "1.0.0", ["Authority"], "12D3KooW", () => [], () => []),
            Keys = new AuthorityKeys(),
            Entropy = static span => span.Clear(),
        };
    }
}
