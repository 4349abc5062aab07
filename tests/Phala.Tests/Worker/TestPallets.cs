using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Tests.Worker;

/// <summary>What the chain's pallets make of what workers send, written down a second time and as shortly as a test needs it.</summary>
internal sealed class TestPallets(QueueChain chain)
{
    private readonly Dictionary<MessageOrigin, ulong> _ingress = [];
    private readonly Dictionary<Sr25519PublicKey, SessionRecord> _sessions = [];
    private readonly Dictionary<Hash256, ClusterAnchor> _anchors = [];
    private readonly List<Message> _messages = [];
    private readonly List<TrieChange> _writes = [];
    private Sr25519PublicKey? _master;

    public static MessageOrigin Pallet { get; } = new MessageOrigin.Pallet([.. "Pallet"u8]);

    /// <summary>Reports as they were accepted, by cluster and count: every worker's.</summary>
    public Dictionary<(Hash256 Cluster, ulong Count), List<SignedClusterReport>> Reports { get; } = [];

    /// <summary>What was accepted from outside the chain.</summary>
    public List<SignedMessage> Accepted { get; } = [];

    public IReadOnlyDictionary<Sr25519PublicKey, SessionRecord> Sessions => _sessions;

    public bool HasMessages => _messages.Count > 0 || _writes.Count > 0;

    public void Push(Message message) => _messages.Add(message);

    /// <summary>Writes to the state of the next block.</summary>
    public void Write(TrieChange change) => _writes.Add(change);

    public void Push<T>(MessageOrigin sender, Vec<byte> topic, T payload)
        where T : IScale<T> => Push(new Message(sender, topic, Vec.Create<byte>(Scale.Encode(payload))));

    /// <summary>Makes a block of what was pushed.</summary>
    public void Seal(bool changes = false)
    {
        chain.Append([.. _messages], changes, spoil: [.. _writes.GroupBy(write => Convert.ToHexString(write.Key.Span)).Select(group => group.Last())]);
        _messages.Clear();
        _writes.Clear();
    }

    public void Register(Registration registration)
    {
        WorkerRegistrationInfoV2 info = registration.Info;
        if (chain.Blocks[(int)info.Block.Number].Id != info.Block) throw new InvalidOperationException("The registration names no block of the chain.");
        WorkerInfoV2 worker = new(info.Pubkey, info.EcdhPubkey, info.Version, 0, info.Operator, new(AttestationProvider.InsecureDev), 128, default, info.Features);
        _writes.Add(QueueChain.Set(PhalaRegistry.Workers, info.Pubkey, worker));
        Push<SystemEvent>(Pallet, Topics.SystemEvent, new SystemEvent.WorkerEvent(info.Pubkey, new WorkerEvent.Registered(128)));
    }

    public bool Record(SignedSessionClaim signed, uint leaseLength = PhalaRegistry.LeaseLength)
    {
        SessionClaim claim = signed.Claim;
        bool isCanonical = claim.Block.Number <= chain.Height && chain.Blocks[(int)claim.Block.Number].Hash == claim.Block.Hash && chain.Height - claim.Block.Number < SessionClaim.LongestAge;
        bool isSigned = Sr25519.Verify(claim.Identity.AsSpan(), claim.ReportData().AsSpan(), signed.IdentitySignature.AsSpan()) == SignatureVerdict.Valid
            && Sr25519.Verify(claim.SigningKey.AsSpan(), claim.ReportData().AsSpan(), signed.SessionSignature.AsSpan()) == SignatureVerdict.Valid;
        if (!isCanonical || !isSigned || claim.Genesis != chain.Genesis) return false;
        SessionRecord? known = _sessions.GetValueOrDefault(claim.Identity);
        bool isRenewal = known?.SigningKey == claim.SigningKey && known.BootNonce == claim.BootNonce;
        if (isRenewal ? claim.Lease <= known!.Lease : claim.Lease != 0 || (known is not null && claim.Block.Number <= known.FirstBlock)) return false;
        uint first = isRenewal ? known!.FirstBlock : claim.Block.Number;
        SessionRecord record = new(claim.SigningKey, claim.EncryptionKey, claim.BootNonce, claim.Lease, first, claim.Block, (uint)chain.Height + 1 + leaseLength, default, AttestationProvider.InsecureDev);
        _sessions[claim.Identity] = record;
        _writes.Add(QueueChain.Set(PhalaRegistry.Sessions, claim.Identity, record));
        Push<SystemEvent>(Pallet, Topics.SystemEvent, new SystemEvent.SessionRecorded(claim.Identity, record));
        return true;
    }

    public void Accept(OutboundMessages outbound)
    {
        foreach (SignedMessage message in outbound.Messages) Accept(message);
    }

    public bool Accept(SignedMessage message)
    {
        MessageOrigin sender = message.Message.Sender;
        if (message.Sequence != _ingress.GetValueOrDefault(sender)) return false;
        _ingress[sender] = message.Sequence + 1;
        _writes.Add(QueueChain.Set(PhalaMq.OffchainIngress, sender, message.Sequence + 1));
        Accepted.Add(message);
        if (!Topics.IsOnChain(message.Message.Destination.AsSpan())) Push(message.Message);
        if (message.Message.Destination == Topics.RegistryEvent && _master is null && Scale.Decode<RegistryEvent>(message.Message.Payload.AsSpan()).Value is RegistryEvent.MasterPubkey made)
        {
            _master = made.Key;
            Push<GatekeeperLaunch>(Pallet, Topics.GatekeeperLaunch, new GatekeeperLaunch.MasterPubkeyOnChain(made.Key));
        }

        return true;
    }

    public bool Report(SignedClusterReport signed)
    {
        ClusterReport report = signed.Report;
        if (!_sessions.TryGetValue(signed.Worker, out SessionRecord? session)) return false;
        if (Sr25519.Verify(session.SigningKey.AsSpan(), report.SigningBytes(), signed.Signature.AsSpan()) != SignatureVerdict.Valid) return false;
        List<SignedClusterReport> known = Reports.TryGetValue((report.Cluster, report.Queue.Count), out List<SignedClusterReport>? reports) ? reports : Reports[(report.Cluster, report.Queue.Count)] = [];
        if (known.Any(other => other.Worker == signed.Worker)) return false;
        known.Add(signed);
        _writes.Add(QueueChain.Set(PhalaPhatContracts.AnchoredReports, new ClusterCount(report.Cluster, report.Queue.Count), known[0].Report.Hash()));
        _writes.Add(QueueChain.Set(PhalaPhatContracts.VotedCounts, report.Cluster, Vec.Create<ulong>([.. Reports.Keys.Where(key => key.Cluster == report.Cluster).Select(key => key.Count).Order().TakeLast((int)PhalaPhatContracts.VotesKept)])));
        if (_anchors.GetValueOrDefault(report.Cluster).Queue.Count >= report.Queue.Count) return true;
        ClusterAnchor anchor = new(report.Queue, report.StateRoot, report.ReceiptsRoot, report.Hash(), 1);
        _anchors[report.Cluster] = anchor;
        _writes.Add(QueueChain.Set(PhalaPhatContracts.ClusterAnchors, report.Cluster, anchor));
        return true;
    }

    public ClusterAnchor? AnchorOf(in Hash256 cluster) => _anchors.TryGetValue(cluster, out ClusterAnchor anchor) ? anchor : null;
}
