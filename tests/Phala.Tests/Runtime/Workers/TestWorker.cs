using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Trie;

namespace Phala.Tests.Runtime.Workers;

/// <summary>What a worker signs, without its program: an identity, and sessions by number.</summary>
internal sealed class TestWorker(byte number)
{
    /// <summary>Some workers.</summary>
    public static TestWorker One { get; } = new(1);

    public static TestWorker Two { get; } = new(2);

    public static TestWorker Three { get; } = new(3);

    public Sr25519KeyPair Keys { get; } = Pair(number, 0);

    public Sr25519PublicKey Identity => new(Keys.PublicKey);

    public MessageOrigin Origin => new MessageOrigin.Worker(Identity);

    /// <summary>Its operator, whoever registers it.</summary>
    public static Actor Operator => Actor.Dave;

    /// <summary>The signing key of its n-th session, from 1.</summary>
    public static Sr25519KeyPair Pair(byte number, byte session)
    {
        byte[] seed = new byte[32];
        Blake2b.Hash256([number, session], seed);
        return Sr25519KeyPair.FromSeed(seed);
    }

    /// <summary>The signing key of its n-th session, from 1.</summary>
    public Sr25519KeyPair Session(byte session = 1) => Pair(number, session);

    /// <summary>What it says of itself.</summary>
    public WorkerRegistrationInfoV2 Info(ChainPoint chain, uint version = 0x0001_0203) =>
        new(version, default, Identity, Identity, chain.Genesis, [4, 1], new Option<AccountId>(Operator.Account), 0, 0, chain.Best);

    /// <summary>Its registration.</summary>
    public PhalaRegistry.RegisterWorkerV2 Registration(ChainPoint chain) => Registration(Info(chain));

    /// <summary>A registration with an attestation that fits.</summary>
    public static PhalaRegistry.RegisterWorkerV2 Registration(WorkerRegistrationInfoV2 info, Measurement? program = null)
    {
        byte[] data = new byte[64];
        Blake2b.Hash256(Scale.Encode(info), data.AsSpan(0, 32));
        return new PhalaRegistry.RegisterWorkerV2(info, new Option<AttestationReport>(new AttestationReport.InsecureDev(program ?? PhalaChain.Program, new ReportData(data))));
    }

    /// <summary>What it claims at the best block.</summary>
    public SessionClaim Unsigned(ChainPoint chain, byte session = 1, uint lease = 0) => new(
        chain.Genesis, Identity, new Sr25519PublicKey(Session(session).PublicKey), new X25519PublicKey([.. Enumerable.Repeat(session, 32)]),
        new BootNonce([.. Enumerable.Repeat((byte)(0x80 + session), 32)]), lease, chain.Best, chain.Queue);

    /// <summary>A session's claim, signed.</summary>
    public PhalaRegistry.RecordSession Claim(ChainPoint chain, byte session = 1, uint lease = 0) => Sign(Unsigned(chain, session, lease), session);

    /// <summary>A claim, signed.</summary>
    public PhalaRegistry.RecordSession Sign(SessionClaim claim, byte session = 1, Measurement? program = null)
    {
        ReportData data = claim.ReportData();
        return new PhalaRegistry.RecordSession(new SignedSessionClaim(
            claim, new AttestationReport.InsecureDev(program ?? PhalaChain.Program, data), SignatureOf(Keys, data.AsSpan()), SignatureOf(Session(session), data.AsSpan())));
    }

    /// <summary>Its next message.</summary>
    public PhalaMq.SyncOffchainMessage Says(ulong sequence, Vec<byte> topic, Vec<byte> payload) => PhalaChain.Sync(Keys, Origin, sequence, topic, payload);

    /// <summary>A report of the queue's last entry.</summary>
    public PhalaPhatContracts.ReportEntry Reports(ChainPoint chain, Hash256 cluster, byte root, Vec<Receipt> receipts = default) =>
        Reports(new ClusterReport(cluster, chain.Queue, default, new Hash256([.. Enumerable.Repeat(root, 32)]), ClusterReport.RootOf(receipts), receipts));

    /// <summary>A report, signed by a session.</summary>
    public PhalaPhatContracts.ReportEntry Reports(ClusterReport report, byte session = 1) =>
        new(new SignedClusterReport(report, Identity, SignatureOf(Session(session), report.SigningBytes())));

    /// <summary>The receipt of a command.</summary>
    public static Receipt Receipt(ulong count, Hash256 cluster, uint index, Hash256 contract) =>
        new(new MessageId(count, Channel.OfCluster(cluster), index), contract, new ReceiptStatus.Executed(), default, 20, [1, 2, 3]);

    private static Sr25519SignatureBytes SignatureOf(Sr25519KeyPair keys, ReadOnlySpan<byte> message) => new(PhalaChain.Sign(keys, message).AsSpan());
}
