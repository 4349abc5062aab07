using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Client.Rpc;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Worker.Interface.Sync;

namespace Phala.Client.Sync;

/// <summary>Reads from a node what workers have to be brought. Nothing is checked here: workers do.</summary>
/// <param name="chain">The connection.</param>
public sealed class SyncReader(ChainClient chain)
{
    /// <summary>The most hashes that a node gives at once, and the most channels that it is asked for.</summary>
    private const int MaxHashes = 65_536, MaxChannels = 64;

    /// <summary>So many fragments lead far enough for one request: a worker takes 64 MiB, and each has a header and a justification of some authorities.</summary>
    private const int MaxFragments = 16_384;

    /// <summary>A worker that is further behind is led to a block between, so that the entries up to there fit one delivery with room to spare and no waypoint has to be proven.</summary>
    private const uint LongestWay = EntryHashes.MaxHashes / 2;

    /// <summary>The chain's first block.</summary>
    public Hash256 Genesis => chain.Genesis;

    /// <summary>What a worker begins with.</summary>
    /// <param name="operator">Who runs the worker.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<GenesisInfo>> GenesisAsync(AccountId @operator, CancellationToken stop)
    {
        ClientResult<Header> asked = await chain.Blocks.HeaderAsync(chain.Genesis, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Header header, out ClientFailure? failure)) return failure;
        ClientResult<byte[][]> proof = await chain.Proofs.ReadAsync([Grandpa.Authorities.Prefix.ToArray(), Aura.SlotDuration.Prefix.ToArray()], chain.Genesis, stop).ConfigureAwait(false);
        return proof.Then<GenesisInfo>(nodes => new GenesisInfo(header, Vec.Create<byte>(ReadProofBuilder.Encode(nodes)), QueueSource.Queue, new(@operator)));
    }

    /// <summary>Where the chain says that a worker answers; null where it says nothing.</summary>
    public async Task<ClientResult<VersionedWorkerEndpoints?>> EndpointsAsync(Sr25519PublicKey worker, CancellationToken stop)
    {
        ClientResult<byte[]?> answer = await chain.Storage.RawAsync(PhalaRegistry.Endpoints.Key(worker), null, stop).ConfigureAwait(false);
        return answer.Then<VersionedWorkerEndpoints?>(bytes => bytes is null ? null : Scale.Decode<VersionedWorkerEndpoints>(bytes).Value);
    }

    /// <summary>The way from a worker's head to a later final block, with the facts that the worker wants under it.</summary>
    /// <param name="status">Where the worker stands.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Null where the node has nothing newer.</returns>
    public async Task<ClientResult<AdvanceRequest?>> AdvanceAsync(SyncStatus status, CancellationToken stop)
    {
        ClientResult<List<WarpSyncFragment>> asked = await WayAsync(status, stop).ConfigureAwait(false);
        if (!asked.TryGet(out List<WarpSyncFragment>? way, out ClientFailure? failure)) return failure;
        if (way.Count == 0) return (AdvanceRequest?)null;
        WarpSyncFragment target = way[^1];
        Hash256 block = target.Header.Hash();
        IReadOnlyList<byte[]> keys = AdvanceProof.Jump.KeysOf(status.Head.Number, target.Header);
        byte[] read = [];
        if (keys.Count > 0)
        {
            ClientResult<byte[][]> proof = await chain.Proofs.ReadAsync(keys, block, stop).ConfigureAwait(false);
            if (!proof.TryGet(out byte[][]? nodes, out failure)) return failure;
            read = ReadProofBuilder.Encode(nodes);
        }

        ClientResult<Vec<byte>> facts = await FactsAsync(status.Needs.Facts, block, stop).ConfigureAwait(false);
        AdvanceProof advance = new AdvanceProof.Jump(Vec.Create<WarpSyncFragment>([.. way[..^1]]), target, Vec.Create<byte>(read));
        return facts.Then<AdvanceRequest?>(found => new AdvanceRequest(new(Vec.Create<byte>(Scale.Encode(advance))), found));
    }

    /// <summary>The facts that a worker wants under the block that it knows already.</summary>
    public async Task<ClientResult<AdvanceRequest>> FactsAsync(SyncStatus status, CancellationToken stop)
    {
        ClientResult<Vec<byte>> facts = await FactsAsync(status.Needs.Facts, status.Head.Hash, stop).ConfigureAwait(false);
        return facts.Then<AdvanceRequest>(found => new AdvanceRequest(Option<Vec<byte>>.None, found));
    }

    /// <summary>The hashes of entries.</summary>
    /// <param name="from">The position before the first.</param>
    /// <param name="to">The number of the last.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<EntryHashes>> HashesAsync(QueueHead from, ulong to, CancellationToken stop)
    {
        const string method = "pha_getEntryHashes";
        List<Hash256> hashes = [];
        while (from.Count + (ulong)hashes.Count < to)
        {
            ulong after = from.Count + (ulong)hashes.Count, until = Math.Min(to, after + MaxHashes);
            ClientResult<JsonElement> answer = await chain.Connection.CallAsync(method, new RpcArguments().Number((long)after).Number((long)until), stop).ConfigureAwait(false);
            if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
            if (!result.TryBytes(out byte[]? bytes) || bytes.Length == 0 || bytes.Length % Hash256.Size != 0) return JsonReading.Unexpected(method, result);
            for (int at = 0; at < bytes.Length; at += Hash256.Size) hashes.Add(new Hash256(bytes.AsSpan(at, Hash256.Size)));
        }

        return new EntryHashes(from, Vec.Create<Hash256>([.. hashes]));
    }

    /// <summary>The hashes that prove a waypoint of the queue to a worker, with the waypoint as the chain has it.</summary>
    /// <param name="gap">What the worker wants.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<EntryHashes>> HashesAsync(WaypointGap gap, CancellationToken stop)
    {
        ClientResult<QueueHead> asked = await PositionAsync(gap.From, stop).ConfigureAwait(false);
        return asked.TryGet(out QueueHead from, out ClientFailure? failure) ? await HashesAsync(from, gap.To.Count, stop).ConfigureAwait(false) : failure;
    }

    /// <summary>Entries with the bodies of some channels.</summary>
    /// <param name="after">The number before the first.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<IReadOnlyList<DeliveredEntry>>> EntriesAsync(ulong after, int limit, Vec<Channel> channels, CancellationToken stop)
    {
        const string method = "pha_getQueueEntries";
        ClientResult<JsonElement> answer = await chain.Connection.CallAsync(method, new RpcArguments().Number((long)after).Number(limit), stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        if (!QueueJson.TryEntries(result, out List<(ulong Count, QueueEntry Entry)> entries)) return JsonReading.Unexpected(method, result);
        ulong[] wanted = [.. entries.Where(item => item.Entry.Channels.Any(channel => channels.Contains(channel.Channel))).Select(item => item.Count)];
        ClientResult<Dictionary<ulong, List<DeliveredBody>>> asked = await BodiesAsync(wanted, channels, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Dictionary<ulong, List<DeliveredBody>>? bodies, out failure)) return failure;
        List<DeliveredEntry> delivered = [];
        foreach ((ulong count, QueueEntry entry) in entries)
        {
            bodies.TryGetValue(count, out List<DeliveredBody>? own);

            // The node ended its answer: what follows is asked for the next time.
            if (own is null && wanted.Contains(count)) break;
            delivered.Add(new DeliveredEntry(entry, own is null ? default : Vec.Create<DeliveredBody>([.. own])));
        }

        return delivered;
    }

    /// <summary>The changes of the authority set after a worker's head, and the block at the end; nothing where the node has nothing newer.</summary>
    private async Task<ClientResult<List<WarpSyncFragment>>> WayAsync(SyncStatus status, CancellationToken stop)
    {
        List<WarpSyncFragment> way = [];
        ClientResult<uint?> bounded = await TargetAsync(status, stop).ConfigureAwait(false);
        if (!bounded.TryGet(out uint? target, out ClientFailure? failure)) return failure;
        ulong set = status.SetId;
        while (true)
        {
            ClientResult<WarpSyncProof> asked = await chain.Proofs.FinalityAsync(set, target, stop).ConfigureAwait(false);
            if (!asked.TryGet(out WarpSyncProof proof, out failure)) return failure;
            way.AddRange(proof.Fragments.ToArray().Where(fragment => fragment.Header.Number > status.Head.Number));
            if (proof.IsFinished || proof.Fragments.Length == 0 || way.Count >= MaxFragments) return way;
            set += (ulong)proof.Fragments.Length;
        }
    }

    /// <summary>The block that a worker far behind is led to first; null for the newest.</summary>
    private async Task<ClientResult<uint?>> TargetAsync(SyncStatus status, CancellationToken stop)
    {
        ClientResult<BlockId> asked = await chain.Blocks.FinalizedAsync(stop).ConfigureAwait(false);
        if (!asked.TryGet(out BlockId final, out ClientFailure? failure)) return failure;
        if (final.Number <= status.Head.Number || final.Number - status.Head.Number <= LongestWay) return (uint?)null;
        ClientResult<IReadOnlyList<DeliveredEntry>> read = await EntriesAsync(status.Queue.Count + LongestWay, 1, default, stop).ConfigureAwait(false);
        return read.Then<uint?>(entries => entries.Count == 0 ? (uint?)null : entries[0].Entry.BlockNumber);
    }

    /// <summary>The position after an entry: the header of the entry's block says it.</summary>
    private async Task<ClientResult<QueueHead>> PositionAsync(ulong count, CancellationToken stop)
    {
        ClientResult<IReadOnlyList<DeliveredEntry>> read = await EntriesAsync(count - 1, 1, default, stop).ConfigureAwait(false);
        if (!read.TryGet(out IReadOnlyList<DeliveredEntry>? entries, out ClientFailure? failure)) return failure;
        if (entries.Count == 0) return new ClientFailure(ClientError.UnexpectedAnswer, $"The node does not have the queue's entry {count}.");
        ClientResult<Hash256> block = await chain.Blocks.HashAsync(entries[0].Entry.BlockNumber, stop).ConfigureAwait(false);
        if (!block.TryGet(out Hash256 hash, out failure)) return failure;
        ClientResult<Header> header = await chain.Blocks.HeaderAsync(hash, stop).ConfigureAwait(false);
        return header.Then<QueueHead>(found => QueueHead.Read(found.Digest, out QueueHead? head) == QueueDigestError.None && head is { } position
            ? position
            : new ClientFailure(ClientError.UnexpectedAnswer, $"The header of block {found.Number} does not say the queue's position."));
    }

    private async Task<ClientResult<Dictionary<ulong, List<DeliveredBody>>>> BodiesAsync(ulong[] counts, Vec<Channel> channels, CancellationToken stop)
    {
        Dictionary<ulong, List<DeliveredBody>> all = [];
        foreach (Channel[] some in channels.ToArray().Chunk(MaxChannels))
        {
            ClientResult<Dictionary<ulong, List<DeliveredBody>>> asked = await BodiesAsync(counts, some, stop).ConfigureAwait(false);
            if (!asked.TryGet(out Dictionary<ulong, List<DeliveredBody>>? bodies, out ClientFailure? failure)) return failure;
            foreach ((ulong count, List<DeliveredBody> own) in bodies)
            {
                if (!all.TryAdd(count, own)) all[count].AddRange(own);
            }

            // The node ended its answer: of the others not all bodies are known.
            counts = [.. counts.Where(bodies.ContainsKey)];
        }

        return all.Where(pair => counts.Contains(pair.Key)).ToDictionary();
    }

    private async Task<ClientResult<Dictionary<ulong, List<DeliveredBody>>>> BodiesAsync(ulong[] counts, Channel[] channels, CancellationToken stop)
    {
        const string method = "pha_getQueueBodies";
        if (counts.Length == 0) return new Dictionary<ulong, List<DeliveredBody>>();
        RpcArguments arguments = new RpcArguments().NumberList(counts.Select(count => (long)count)).HexList(channels.Select(channel => Scale.Encode(channel)));
        ClientResult<JsonElement> answer = await chain.Connection.CallAsync(method, arguments, stop).ConfigureAwait(false);
        return answer.Then<Dictionary<ulong, List<DeliveredBody>>>(result => QueueJson.TryBodies(result, out Dictionary<ulong, List<DeliveredBody>> bodies) ? bodies : JsonReading.Unexpected(method, result));
    }

    private async Task<ClientResult<Vec<byte>>> FactsAsync(Vec<Vec<byte>> keys, Hash256 block, CancellationToken stop)
    {
        if (keys.Length == 0) return default(Vec<byte>);
        ClientResult<byte[][]> proof = await chain.Proofs.ReadAsync(keys.Select(key => key.ToArray()), block, stop).ConfigureAwait(false);
        return proof.Then<Vec<byte>>(nodes => Vec.Create<byte>(ReadProofBuilder.Encode(nodes)));
    }
}
