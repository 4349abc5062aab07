using System.Text.Json;
using Phala.Client.Blocks;
using Phala.Client.Proofs;
using Phala.Client.Rpc;
using Phala.Client.Storage;
using Phala.Client.Transactions;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Client;

/// <summary>A typed client of a chain that runs the Phala runtime.</summary>
/// <remarks>
/// <para><b>Concept.</b> Calls, events and storage items are the records and descriptors of <c>Phala.Runtime.Interface</c>, the same that the runtime is built with; this client moves their bytes.</para>
/// <para><b>Invariant.</b> What can fail without a bug of the caller fails as a value with a <see cref="ClientError"/>. Nothing is signed for another chain or other rules than this program knows.</para>
/// <para><b>Trust.</b> The node is believed: what it says of the chain is not proved. That takes a light client.</para>
/// </remarks>
public sealed class ChainClient : IAsyncDisposable
{
    private ChainClient(RpcConnection connection, Hash256 genesis)
    {
        (Connection, Genesis) = (connection, genesis);
        Blocks = new BlockReader(connection);
        Storage = new StorageReader(connection, Blocks);
        Proofs = new ProofReader(connection);
        Transactions = new TransactionSender(this);
    }

    /// <summary>The connection, for calls that have no type here.</summary>
    public RpcConnection Connection { get; }

    /// <summary>The hash of the chain's first block.</summary>
    public Hash256 Genesis { get; }

    /// <summary>Blocks and news of them.</summary>
    public BlockReader Blocks { get; }

    /// <summary>The chain's state.</summary>
    public StorageReader Storage { get; }

    /// <summary>Proofs of what is final and of what states hold.</summary>
    public ProofReader Proofs { get; }

    /// <summary>Signing, submitting and watching.</summary>
    public TransactionSender Transactions { get; }

    /// <summary>Connects to a node. Another chain than the one that the options name is refused; rules that this program does not know are not, as they matter for what one does.</summary>
    /// <param name="server">The node's address, <c>ws://127.0.0.1:9944</c>.</param>
    /// <param name="options">How to talk to it; null for the usual.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<ClientResult<ChainClient>> ConnectAsync(Uri server, ClientOptions? options = null, CancellationToken stop = default)
    {
        ClientResult<RpcConnection> connected = await RpcConnection.ConnectAsync(server, options, stop).ConfigureAwait(false);
        if (!connected.TryGet(out RpcConnection? connection, out ClientFailure? failure)) return failure;
        ClientResult<Hash256> genesis = await new BlockReader(connection).HashAsync(0, stop).ConfigureAwait(false);
        if (genesis.TryGet(out Hash256 hash, out failure) && options?.Genesis is { } expected && expected != hash) failure = WrongGenesis(hash, expected);
        if (failure is null) return new ChainClient(connection, hash);
        await connection.DisposeAsync().ConfigureAwait(false);
        return failure;
    }

    /// <summary>The rules after a block.</summary>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ChainVersion>> VersionAsync(Hash256? block = null, CancellationToken stop = default)
    {
        const string method = "state_getRuntimeVersion";
        ClientResult<JsonElement> answer = await Connection.CallAsync(method, new RpcArguments().Hash(block), stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement version, out ClientFailure? failure)) return failure;
        return version.TryMember("specName", out JsonElement name) && name.ValueKind == JsonValueKind.String
            && version.TryMember("specVersion", out JsonElement spec) && spec.TryUInt32(out uint specVersion)
            && version.TryMember("transactionVersion", out JsonElement calls) && calls.TryUInt32(out uint transactionVersion)
            ? new ChainVersion(name.GetString()!, specVersion, transactionVersion)
            : JsonReading.Unexpected(method, version);
    }

    /// <summary>Calls the runtime after a block.</summary>
    /// <param name="method">The method, such as <c>Core_version</c>.</param>
    /// <param name="arguments">The encoded arguments, one after the other.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The encoded answer.</returns>
    public async Task<ClientResult<byte[]>> CallRuntimeAsync(string method, byte[] arguments, Hash256? block = null, CancellationToken stop = default)
    {
        ClientResult<JsonElement> answer = await Connection.CallAsync("state_call", new RpcArguments().Text(method).Hex(arguments).Hash(block), stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        return result.TryBytes(out byte[]? bytes) ? bytes : JsonReading.Unexpected("state_call", result);
    }

    /// <summary>Whether this program may sign for the chain: first block, rules and calls are those that it was built with. Asked before everything that is signed.</summary>
    /// <returns>The chain's version, or what differs.</returns>
    public async Task<ClientResult<ChainVersion>> CheckAsync(CancellationToken stop = default)
    {
        Task<ClientResult<ChainVersion>> asked = VersionAsync(null, stop);
        ClientResult<Hash256> genesis = await Blocks.HashAsync(0, stop).ConfigureAwait(false);
        ClientResult<ChainVersion> answer = await asked.ConfigureAwait(false);
        if (!genesis.TryGet(out Hash256 hash, out ClientFailure? failure) || !answer.TryGet(out ChainVersion version, out failure)) return failure;
        if (hash != Genesis) return WrongGenesis(hash, Genesis);
        string name = PhalaVersion.Of(PhalaVersion.LatestSpec).SpecName;
        if (version.SpecName != name || version.SpecVersion is < PhalaVersion.OldestSpec or > PhalaVersion.LatestSpec)
        {
            return new ClientFailure(
                ClientError.UnknownSpec,
                $"The chain follows {version.SpecName} {version.SpecVersion}; this program knows {name} {PhalaVersion.OldestSpec} to {PhalaVersion.LatestSpec}.");
        }

        return version.TransactionVersion == PhalaVersion.Transaction
            ? version
            : new ClientFailure(
                ClientError.WrongTransactionVersion, $"The chain's transactions have version {version.TransactionVersion}; this program makes those of version {PhalaVersion.Transaction}.");
    }

    /// <summary>Whether the chain describes its runtime, byte for byte, as this program would. A chain may differ in what one does not need; signing does not ask for this.</summary>
    /// <returns>The chain's version, or what differs.</returns>
    public async Task<ClientResult<ChainVersion>> CheckMetadataAsync(CancellationToken stop = default)
    {
        const string method = "state_getMetadata";
        ClientResult<ChainVersion> checkedVersion = await CheckAsync(stop).ConfigureAwait(false);
        if (!checkedVersion.TryGet(out ChainVersion version, out ClientFailure? failure)) return failure;
        ClientResult<JsonElement> answer = await Connection.CallAsync(method, null, stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out failure)) return failure;
        if (!result.TryBytes(out byte[]? metadata)) return JsonReading.Unexpected(method, result);
        byte[] own = RuntimeMetadata.Encode(RuntimeMetadata.Oldest, version.SpecVersion);
        int same = own.AsSpan().CommonPrefixLength(metadata);
        return same == own.Length && same == metadata.Length
            ? version
            : new ClientFailure(ClientError.WrongMetadata, $"The chain's metadata of spec {version.SpecVersion} differs from this program's at byte {same} of {own.Length}: they were not built together.");
    }

    /// <summary>Hangs up.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static ClientFailure WrongGenesis(in Hash256 found, in Hash256 expected) =>
        new(ClientError.WrongGenesis, $"The node's chain begins with block {found}, the expected one with {expected}.");
}
