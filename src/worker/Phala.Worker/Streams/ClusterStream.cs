using Microsoft.Extensions.Logging;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;

namespace Phala.Worker.Streams;

/// <summary>A cluster's channel, executed. It has its own cursor, waits for its keys, and stops alone where the program has a fault.</summary>
/// <remarks>
/// <b>Invariant.</b> State and cursor change together, entry by entry, in order. A fault leaves both before the entry; the entry is tried again when it is brought again, and never skipped.
/// </remarks>
internal sealed class ClusterStream : IDisposable
{
    private readonly Cluster _cluster;
    private readonly BootSession _session;
    private readonly WorkerIdentity _identity;
    private readonly ContractSurroundings _surroundings;
    private readonly SortedDictionary<uint, ClusterSecrets> _secrets = [];
    private readonly ReportBox _reports;
    private readonly List<SignedMessage> _egress = [];
    private readonly LogRing _log = new();
    private readonly ILogger _operatorLog;
    private Sr25519KeyPair? _clusterIdentity;
    private ulong _ingress;

    /// <summary>Begins a stream that waits for keys.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="id">The cluster.</param>
    /// <param name="before">Where its execution begins.</param>
    /// <param name="identity">The worker.</param>
    /// <param name="session">The session that signs reports.</param>
    /// <param name="surroundings">What its contracts work with.</param>
    /// <param name="log">The log.</param>
    public ClusterStream(in Hash256 genesis, in Hash256 id, in QueueCursor before, WorkerIdentity identity, BootSession session, ContractSurroundings surroundings, ILogger log)
    {
        _cluster = new Cluster(genesis, id, surroundings.Codes);
        (_identity, _session, _surroundings, Cursor) = (identity, session, surroundings, before);
        _reports = new ReportBox(id, log);
        _operatorLog = log;
        State = ClusterState.Begin(before.Head);
    }

    /// <summary>The cluster.</summary>
    public Hash256 Id => _cluster.Id;

    /// <summary>Its channel.</summary>
    public Channel Channel => Channel.OfCluster(Id);

    /// <summary>Who it is.</summary>
    public Cluster Cluster => _cluster;

    /// <summary>What queries see of the state now.</summary>
    public ClusterView View() => _cluster.View(State, _surroundings.HostFor(_identity.PublicKey) with { Log = _log }, _secrets.Count == 0 ? null : _secrets.Values.First());

    /// <summary>The last entry that is applied.</summary>
    public QueueCursor Cursor { get; private set; }

    /// <summary>The state after it.</summary>
    public ClusterState State { get; private set; }

    /// <summary>Whether it takes entries.</summary>
    public StreamState Status { get; private set; } = StreamState.AwaitingKeys;

    /// <summary>The newest epoch of command keys.</summary>
    public uint Epoch => _secrets.Count == 0 ? 0 : _secrets.Keys.Last();

    /// <summary>How often the next entry failed.</summary>
    public uint Attempts { get; private set; }

    /// <summary>Commands that were executed, and those that were not.</summary>
    public (long Executed, long NotExecuted) Commands { get; private set; }

    /// <summary>Reports that are for the chain.</summary>
    public ReportBox Reports => _reports;

    /// <summary>What is to be asked of the next final state.</summary>
    public ReportQuestions Questions => _reports.Questions(Status == StreamState.AwaitingKeys ? 0 : Cursor.Head.Count);

    /// <summary>Messages that the chain has not, in order.</summary>
    public IReadOnlyList<SignedMessage> Egress => _egress;

    /// <summary>Takes the secrets of an epoch.</summary>
    /// <param name="secrets">They; taken over.</param>
    /// <param name="restored">Where the stream goes on, where a snapshot opened.</param>
    public void Begin(ClusterSecrets secrets, RestoredCluster? restored)
    {
        _secrets[secrets.Epoch] = secrets;
        _clusterIdentity ??= secrets.DeriveClusterIdentity();
        if (Status != StreamState.AwaitingKeys) return;
        Status = StreamState.Running;
        if (restored is null) return;
        (Cursor, State) = (restored.Cursor, restored.State);
        foreach (ClusterReport report in restored.Reports) AddReport(report);
        foreach (EgressMessage message in restored.Egress) AddEgress(message);
    }

    /// <summary>Executes the next entry.</summary>
    /// <returns>The program's fault, where it has one: then nothing has changed but that the stream is stopped.</returns>
    public InternalFault? Apply(VerifiedEntry entry)
    {
        EntryResult result = _cluster.Apply(State, entry.After.Head, entry.Entry, entry.MessagesOf(Channel).AsSpan(), _secrets);
        if (result.Fault is { } fault)
        {
            Status = StreamState.Faulted;
            Attempts++;
            return fault;
        }

        (State, Cursor, Attempts) = (result.State, entry.After, 0);
        if (result.Report is { } report) AddReport(report);
        foreach (EgressMessage message in result.Egress) AddEgress(message);
        foreach (ContractEvent told in result.Events) Remember(told);
        _log.Add(result.Journal, isOfQuery: false);
        if (result.Log.Any(record => record.Kind == LogKind.RulesChanged)) StreamLog.RulesChanged(_operatorLog, Id, entry.After.Head.Count);
        Count(result.Report);
        return null;
    }

    /// <summary>Does what a command wants remembered, and weighs contracts anew that have another share.</summary>
    private void Remember(ContractEvent told)
    {
        if (!PinkEvent.TryRead(told, out PinkEvent? read)) return;
        ClusterView view = View();
        if (read is PinkEvent.CacheOp cache) _surroundings.Cache.Apply(told.Contract, view.WeightOf(told.Contract), cache.Operation);
        if (read is not PinkEvent.SetContractWeight weight || view.SystemContract != told.Contract) return;
        Hash256 contract = new(weight.Contract.AsSpan());
        _surroundings.Cache.SetWeight(contract, view.WeightOf(contract));
    }

    /// <summary>Lets a stream that was stopped by a fault try again.</summary>
    public void Retry()
    {
        if (Status == StreamState.Faulted) Status = StreamState.Running;
    }

    /// <summary>Ends the stream: the worker is a member no longer, or the cluster has ended. Keys and state are dropped.</summary>
    public void End()
    {
        Status = StreamState.Ended;
        State = ClusterState.Begin(Cursor.Head);
        _reports.Clear();
        _log.Clear();
        Dispose();
    }

    /// <summary>Forgets messages that the chain has.</summary>
    /// <param name="next">The sequence that it expects next.</param>
    public void Acknowledge(ulong next)
    {
        _ingress = Math.Max(_ingress, next);
        _egress.RemoveAll(message => message.Sequence < _ingress);
    }

    /// <summary>What a snapshot holds.</summary>
    public RestoredCluster Save() => new(
        Cursor, State, [.. _reports.Waiting.Select(report => report.Report)], [.. _egress.Select(message => new EgressMessage(message.Message, message.Sequence))]);

    /// <summary>A key under which snapshots of the cluster are sealed: whoever has the cluster's secrets has it.</summary>
    public void DeriveSnapshotKey(Span<byte> key) => _secrets.Values.First().DeriveSnapshotKey(key);

    /// <summary>The cluster's identity key; null before there are keys.</summary>
    public Sr25519KeyPair? ClusterIdentity => _clusterIdentity;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ClusterSecrets secrets in _secrets.Values) secrets.Dispose();
        _secrets.Clear();
        _clusterIdentity?.Dispose();
        _clusterIdentity = null;
    }

    private void AddReport(ClusterReport report)
    {
        if (_reports.IsWanted(report.Queue.Count)) _reports.Add(new SignedClusterReport(report, _identity.PublicKey, _session.Sign(report.SigningBytes())));
    }

    private void AddEgress(EgressMessage message)
    {
        if (message.Sequence < _ingress) return;
        byte[] signature = Signing.Sign(_clusterIdentity!, SignedMessage.SigningBytes(message.Message, message.Sequence)).AsSpan().ToArray();
        _egress.Add(new SignedMessage(message.Message, message.Sequence, Vec.Create<byte>(signature)));
    }

    private void Count(ClusterReport? report)
    {
        if (report is null) return;
        int executed = report.Receipts.Count(receipt => receipt.Status is ReceiptStatus.Executed);
        Commands = (Commands.Executed + executed, Commands.NotExecuted + report.Receipts.Length - executed);
    }
}
