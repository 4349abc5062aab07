using Phala.Chain;
using Phala.Clusters;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>A cluster with probes: contracts that run scripts.</summary>
internal sealed class ProbeWorld
{
    public const ulong Gas = 1_000_000_000_000;

    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

    public ProbeWorld(ulong gasPrice = 0, ulong perItem = 0, ulong perByte = 0)
    {
        if (!Wat.IsThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("wat2wasm is not installed (Debian's package wabt).");
        World = new ClusterWorld(gasPrice, perItem, perByte).Begin();
        World.Apply(ClusterWorld.Deposit(Alice, 1_000_000_000_000), Upload(ProbeContract.Code));
        World.Apply(Instantiate(0), Instantiate(1));
    }

    public static AccountId Alice { get; } = ClusterWorld.Account("alice");

    public static Hash256 First { get; } = Probe(0);

    public static Hash256 Second { get; } = Probe(1);

    public ClusterWorld World { get; }

    public static Hash256 Probe(byte salt) => ContractId.Of(ClusterWorld.Owner, ProbeContract.CodeHash, ClusterWorld.Id, [salt]);

    public static Message Upload(byte[] code, ResourceType kind = ResourceType.InkCode, AccountId? owner = null) =>
        ClusterWorld.Operation(new ClusterOperation.UploadResource(owner ?? Alice, ClusterWorld.Id, kind, Vec.Create<byte>(code)));

    public static Message Instantiate(byte salt) => ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.CodeHash, [salt], new ProbeScript().End(), Gas);

    /// <summary>Runs a script as a command of Alice.</summary>
    public Outcome Run(byte[] script, Hash256? contract = null, UInt128 transfer = default, ulong gas = Gas, AccountId? sender = null) => Run(out _, script, contract, transfer, gas, sender);

    /// <inheritdoc cref="Run(byte[], Hash256?, UInt128, ulong, AccountId?)"/>
    public Outcome Run(out EntryResult result, byte[] script, Hash256? contract = null, UInt128 transfer = default, ulong gas = Gas, AccountId? sender = null)
    {
        result = World.Apply(World.Sealed(sender ?? Alice, contract ?? First, script, Reply, gas, transfer: transfer));
        Assert.Null(result.Fault);
        Receipt receipt = Assert.Single(result.Report!.Receipts.ToArray());
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened));
        return Assert.IsType<SealedOutcome.Whole>(opened).Outcome;
    }

    /// <summary>What a script gives that succeeds.</summary>
    public byte[] Give(byte[] script, Hash256? contract = null, UInt128 transfer = default)
    {
        Outcome outcome = Run(script, contract, transfer);
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        return outcome.Output.ToArray();
    }
}
