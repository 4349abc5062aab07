using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Node;

/// <summary>A state with a worker in session, a cluster and a gatekeeper, and what they send.</summary>
internal sealed class WorkerSamples
{
    public static readonly Measurement Program = new([.. Enumerable.Repeat((byte)0xA1, 32)]);

    private static readonly Sr25519KeyPair Identity = Pair(1), Session = Pair(2), Next = Pair(3), Master = Pair(4), ClusterKey = Pair(5), Stranger = Pair(6);
    private static readonly Hash256 Cluster = ContractId.OfCluster(1), Contract = new([.. Enumerable.Repeat((byte)0xCC, 32)]);
    private static readonly Vec<byte> Topic = Vec.Create("a/topic"u8);

    private readonly TestChain _chain;
    private readonly QueueHead _head = new(9, new Hash256([.. Enumerable.Repeat((byte)9, 32)]));

    public WorkerSamples(TestChain chain)
    {
        _chain = chain;
        StateOverlay overlay = new(chain.State);
        TrieOverlay state = overlay.Main;
        Sr25519PublicKey worker = Key(Identity);
        PhalaMq.QueueHead.Set(state, _head);
        PhalaMq.LastEntry.Set(state, chain.Best.Number);
        PhalaMq.OffchainIngress.Set(state, new MessageOrigin.Worker(worker), 2);
        PhalaRegistry.Workers.Set(state, worker, new WorkerInfoV2(worker, worker, 0, 1000, default, default, 128, default, default));
        PhalaRegistry.Sessions.Set(state, worker, new SessionRecord(Key(Session), default, default, 1, 1, new BlockId(FrameSystem.BlockHash.Get(state, 1), 1), 500, Program, AttestationProvider.InsecureDev));
        PhalaRegistry.Gatekeeper.Set(state, [worker]);
        PhalaRegistry.GatekeeperMasterPubkey.Set(state, Key(Master));
        PhalaRegistry.ClusterIdentities.Set(state, Cluster, Key(ClusterKey));
        PhalaPhatContracts.Clusters.Set(state, Cluster, new ClusterInfo(Actor.Bob.Account, new ClusterAccess.Public(), Contract, 1, 1, 1));
        PhalaPhatContracts.Contracts.Set(state, Contract, new BasicContractInfo(Actor.Bob.Account, Cluster));
        PhalaPhatContracts.ClusterWorkers.Set(state, Cluster, [worker]);
        PhalaPhatContracts.ClusterByWorkers.Set(state, worker, Cluster);
        PhalaPhatContracts.AnchoredReports.Set(state, new ClusterCount(Cluster, 3), Report(3).Hash());
        State = overlay.ToSnapshot();
    }

    /// <summary>The state.</summary>
    public StateSnapshot State { get; }

    /// <summary>Calls that are good, and others that are wrong in one place.</summary>
    public RuntimeCall[] Calls()
    {
        MessageOrigin worker = new MessageOrigin.Worker(Key(Identity)), cluster = new MessageOrigin.Cluster(Cluster), gatekeeper = new MessageOrigin.Gatekeeper();
        ClusterKeyMessage keys = new ClusterKeyMessage.Available(Cluster, 0, default, Key(ClusterKey));
        SessionClaim claim = new(_chain.GenesisHash, Key(Identity), Key(Next), default, default, 0, _chain.Best with { Number = 3, Hash = FrameSystem.BlockHash.Get(State.Main, 3) }, QueueHead.Empty);
        Receipt receipt = new(new MessageId(9, Channel.OfCluster(Cluster), 0), Contract, new ReceiptStatus.Executed(), default, 20, [1, 2, 3]);
        RuntimeCall[] calls =
        [
            Message(worker, 2, Topic, [1, 2, 3]), Message(worker, 1, Topic, [1]), Message(worker, 3, Topic, [1]), Message(worker, 2, Topics.Command(Contract), [1]), Message(worker, 2, Topics.Command(default), [1]),
            Message(worker, 2, Topics.RegistryEvent, Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(Key(Master)))), Message(worker, 2, Topics.WorkerClusterReport, Encode<WorkerClusterReport>(new WorkerClusterReport.ClusterDeployed(Cluster, Key(ClusterKey)))),
            Message(gatekeeper, 0, Topics.ClusterKeys, Encode(keys)), Message(cluster, 0, Topics.ContractRegistryEvent, Encode<ContractRegistryEvent>(new ContractRegistryEvent.PubkeyAvailable(Contract, Key(Stranger), default))),
            Message(new MessageOrigin.Worker(Key(Stranger)), 0, Topic, [1]), Message(new MessageOrigin.AccountId(Actor.Bob.Account), 0, Topic, [1]),
            Claim(claim), Claim(claim with { Genesis = default }), Claim(claim with { Identity = Key(Stranger) }), Claim(claim with { Block = claim.Block with { Number = 2 } }), Claim(claim with { Lease = 1 }), Claim(claim with { SigningKey = Key(Session), Lease = 2 }),
            RuntimeCall.Of(new PhalaRegistry.RecordSession(new SignedSessionClaim(claim, new AttestationReport.InsecureDev(default, claim.ReportData()), default, default))),
            Reports(Report(9)), Reports(Report(9) with { Receipts = [receipt] }), Reports(Report(4)), Reports(Report(3)), Reports(Report(10)), Reports(Report(9) with { Cluster = default }),
        ];
        return [.. calls.Select(SignAnew)];
    }

    /// <summary>The call under signatures that fit: of whoever it is said to be of, where that is one of ours.</summary>
    public static RuntimeCall SignAnew(RuntimeCall call) => call switch
    {
        RuntimeCall<PhalaMq.SyncOffchainMessage> { Arguments.SignedMessage: var signed } => RuntimeCall.Of(new PhalaMq.SyncOffchainMessage(
            signed with { Signature = Vec.Create<byte>(Sign(SenderOf(signed.Message), SignedMessage.SigningBytes(signed.Message, signed.Sequence)).AsSpan()) })),
        RuntimeCall<PhalaRegistry.RecordSession> { Arguments.Claim: { Report: AttestationReport.InsecureDev report } signed } => RuntimeCall.Of(new PhalaRegistry.RecordSession(Sign(signed, report))),
        RuntimeCall<PhalaPhatContracts.ReportEntry> { Arguments.Report: var signed } => RuntimeCall.Of(new PhalaPhatContracts.ReportEntry(Sign(signed))),
        _ => call,
    };

    private static SignedSessionClaim Sign(SignedSessionClaim signed, AttestationReport.InsecureDev report)
    {
        ReportData data = signed.Claim.ReportData();
        Sr25519KeyPair session = signed.Claim.SigningKey == Key(Session) ? Session : Next;
        return signed with { Report = report with { ReportData = data }, IdentitySignature = new(Sign(Identity, data.AsSpan())), SessionSignature = new(Sign(session, data.AsSpan())) };
    }

    private static SignedClusterReport Sign(SignedClusterReport signed)
    {
        ClusterReport report = signed.Report with { ReceiptsRoot = ClusterReport.RootOf(signed.Report.Receipts) };
        return signed with { Report = report, Signature = new(Sign(Session, report.SigningBytes())) };
    }

    private static Sr25519KeyPair SenderOf(Message message) => message.Sender switch
    {
        MessageOrigin.Cluster => ClusterKey,
        MessageOrigin.Gatekeeper => Master,
        _ => Identity,
    };

    private static byte[] Sign(Sr25519KeyPair keys, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[64];
        keys.Sign(message, new byte[Sr25519.EntropyLength], signature);
        return signature;
    }

    private static RuntimeCall Message(MessageOrigin sender, ulong sequence, Vec<byte> topic, Vec<byte> payload) => RuntimeCall.Of(new PhalaMq.SyncOffchainMessage(new SignedMessage(new Message(sender, topic, payload), sequence, default)));

    private static RuntimeCall Claim(SessionClaim claim) => RuntimeCall.Of(new PhalaRegistry.RecordSession(new SignedSessionClaim(claim, new AttestationReport.InsecureDev(Program, default), default, default)));

    private static RuntimeCall Reports(ClusterReport report) => RuntimeCall.Of(new PhalaPhatContracts.ReportEntry(new SignedClusterReport(report, Key(Identity), default)));

    private ClusterReport Report(ulong count) => new(Cluster, _head with { Count = count }, default, default, ClusterReport.RootOf(default), default);

    private static Vec<byte> Encode<T>(T value)
        where T : IScale<T> => Vec.Create<byte>(Scale.Encode(value));

    private static Sr25519PublicKey Key(Sr25519KeyPair keys) => new(keys.PublicKey);

    private static Sr25519KeyPair Pair(byte number)
    {
        byte[] seed = new byte[32];
        Blake2b.Hash256([number], seed);
        return Sr25519KeyPair.FromSeed(seed);
    }
}
