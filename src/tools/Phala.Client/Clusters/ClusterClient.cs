using System.Security.Cryptography;
using Phala.Client.Sync;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Sync;

namespace Phala.Client.Clusters;

/// <summary>A cluster: its keys, members and anchored state, all of them read by proof under blocks that this program verified itself.</summary>
public sealed class ClusterClient : IDisposable
{
    /// <summary>Facts that are no older are used again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private ClusterFacts? _facts;
    private long _readAt;

    /// <summary>Names a cluster.</summary>
    /// <param name="chain">The connection to a node: transactions are sent over it.</param>
    /// <param name="verified">The chain as this program verifies it.</param>
    /// <param name="http">Sends queries to workers.</param>
    /// <param name="id">The cluster.</param>
    /// <param name="options">What the client insists on; null for the usual.</param>
    public ClusterClient(ChainClient chain, VerifiedChain verified, HttpClient http, Hash256 id, ClusterOptions? options = null) =>
        (Chain, Verified, Http, Id, Options) = (chain, verified, http, id, options ?? new ClusterOptions());

    /// <summary>The cluster.</summary>
    public Hash256 Id { get; }

    /// <summary>What the client insists on.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The chain as this program verifies it.</summary>
    public VerifiedChain Verified { get; }

    /// <summary>The connection to a node.</summary>
    public ChainClient Chain { get; }

    internal HttpClient Http { get; }

    /// <summary>A contract of the cluster.</summary>
    /// <param name="contract">Its id.</param>
    public ContractClient Contract(Hash256 contract) => new(this, contract);

    /// <summary>Waits for the receipt of a command that anybody sent, and verifies it. Its outcome stays sealed.</summary>
    /// <param name="id">The command's place in the queue.</param>
    /// <param name="from">The block that brought it there.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<VerifiedReceipt>> ReceiptAsync(MessageId id, Hash256 from, CancellationToken stop = default) =>
        (await new ReceiptFinder(this).FindAsync(id, from, stop).ConfigureAwait(false)).Then<VerifiedReceipt>(proven => new VerifiedReceipt(proven.File, proven.Block));

    /// <summary>Waits for the receipt of a command that anybody sent, and verifies it. The node is asked which block brought the command.</summary>
    /// <param name="count">The number of the command's entry.</param>
    /// <param name="index">Its place among the cluster's messages in the entry.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The receipt, its outcome sealed; <see cref="ClientError.Missing"/> where the queue has no such entry.</returns>
    public async Task<ClientResult<VerifiedReceipt>> ReceiptAsync(ulong count, uint index, CancellationToken stop = default)
    {
        ClientFailure none = new(ClientError.Missing, $"The queue has no entry {count} yet.");
        if (count == 0) return none;
        ClientResult<IReadOnlyList<DeliveredEntry>> asked = await new SyncReader(Chain).EntriesAsync(count - 1, 1, default, stop).ConfigureAwait(false);
        if (!asked.TryGet(out IReadOnlyList<DeliveredEntry>? entries, out ClientFailure? failure)) return failure;
        if (entries.Count == 0) return none;
        Channel channel = Channel.OfCluster(Id);
        if (!entries[0].Entry.TryGetBody(channel, out _)) return new ClientFailure(ClientError.Missing, $"Entry {count} has no command to the cluster.");
        ClientResult<Hash256> block = await Chain.Blocks.HashAsync(entries[0].Entry.BlockNumber, stop).ConfigureAwait(false);
        return block.TryGet(out Hash256 from, out failure) ? await ReceiptAsync(new MessageId(count, channel, index), from, stop).ConfigureAwait(false) : failure;
    }

    /// <summary>The states of the cluster that the chain holds: the present one, and newer ones as they come. All are proven.</summary>
    /// <param name="stop">Ends the stream.</param>
    /// <returns>Anchors; the last element may be why there is no further one.</returns>
    public IAsyncEnumerable<ClientResult<ClusterAnchor>> AnchorsAsync(CancellationToken stop = default) => new AnchorStream(this).ReadAsync(stop);

    /// <summary>Receipts of all commands to the cluster, whoever sent them, verified. Their outcomes stay sealed.</summary>
    /// <param name="from">The number of the first block that is looked at; null for the next that becomes final.</param>
    /// <param name="stop">Ends the stream.</param>
    /// <returns>Receipts; the last element may be why there is no further one. A node may leave receipts out, and can't make any up.</returns>
    public IAsyncEnumerable<ClientResult<VerifiedReceipt>> ReceiptsAsync(uint? from = null, CancellationToken stop = default) => new ReceiptStream(this).ReadAsync(from, stop);

    /// <summary>Asks one member, by the session that it is said to have, and verifies the answer.</summary>
    /// <param name="member">The member.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="message">Selector and arguments.</param>
    /// <param name="caller">Who asks; null for a key that is made for this one question.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedAnswer>> AskAsync(ClusterMember member, Hash256 contract, byte[] message, AccountSigner? caller = null, CancellationToken stop = default) =>
        new QuerySender(this, contract).AskAsync(member, new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, Estimating: false), caller, stop);

    /// <summary>What the chain proves of the cluster now.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ClusterFacts>> FactsAsync(CancellationToken stop = default)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_facts is not null && Options.Time.GetElapsedTime(_readAt) < Fresh) return _facts;
            ClientResult<VerifiedHead> advanced = await Verified.AdvanceAsync(stop).ConfigureAwait(false);
            if (!advanced.TryGet(out VerifiedHead? head, out ClientFailure? failure)) return failure;
            if (_facts is null || _facts.Head.Block != head.Block)
            {
                ClientResult<ClusterFacts> read = await ClusterReader.ReadAsync(Verified, Id, head, stop).ConfigureAwait(false);
                if (!read.TryGet(out ClusterFacts? facts, out failure)) return failure;
                _facts = facts;
            }

            _readAt = Options.Time.GetTimestamp();
            return _facts;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>A member to ask: any of them, so that load spreads.</summary>
    internal ClientResult<ClusterMember> Choose(ClusterFacts facts) => facts.Members.Count == 0
        ? new ClientFailure(ClientError.NoWorker, $"No member of cluster {Id} has a session with a lease and an endpoint at block {facts.Head.Block.Number}.")
        : facts.Members[RandomNumberGenerator.GetInt32(facts.Members.Count)];
}
