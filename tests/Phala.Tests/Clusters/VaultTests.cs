using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters;

public sealed class VaultTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), Bob = ClusterWorld.Account("bob"), Eve = ClusterWorld.Account("eve");
    private readonly ClusterWorld _world = new ClusterWorld().Begin();

    [Fact]
    public void A_secret_is_stored_granted_and_read_and_nobody_else_reads_it()
    {
        using X25519KeyPair reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));
        EntryResult result = _world.Apply(
            _world.Sealed(Alice, ClusterWorld.Vault, ClusterWorld.Call("store", ClusterWorld.Text("door"), ClusterWorld.Sequence([4, 2])), reply),
            _world.Sealed(Alice, ClusterWorld.Vault, ClusterWorld.Call("grant", ClusterWorld.Text("door"), Bob.AsSpan().ToArray()), reply));

        Assert.Equal(2, result.Report!.Receipts.Length);
        foreach (Receipt receipt in result.Report.Receipts)
        {
            Assert.IsType<ReceiptStatus.Executed>(receipt.Status);
            Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), reply, receipt, out SealedOutcome? opened));
            Outcome outcome = Assert.IsType<SealedOutcome.Whole>(opened).Outcome;
            Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
            Assert.Equal<byte>([0, 0], outcome.Output.ToArray());
        }

        Assert.Equal([0, 0, 8, 4, 2], Read(Alice));
        Assert.Equal([0, 0, 8, 4, 2], Read(Bob));
        Assert.Equal([0, 1, (byte)VaultError.NotAllowed], Read(Eve));

        _world.Apply(ClusterWorld.Plain(Alice, ClusterWorld.Vault, ClusterWorld.Call("revoke", ClusterWorld.Text("door"), Bob.AsSpan().ToArray())));
        Assert.Equal([0, 1, (byte)VaultError.NotAllowed], Read(Bob));
        Assert.Equal([0, 0, 8, 4, 2], Read(Alice));
    }

    private byte[] Read(AccountId caller) => Ask(_world, caller, ClusterWorld.Vault, ClusterWorld.Call("read", Alice.AsSpan().ToArray(), ClusterWorld.Text("door")));

    internal static byte[] Ask(ClusterWorld world, AccountId caller, Hash256 contract, byte[] message)
    {
        QueryRun run = world.View().Query(contract, new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, false), caller, ulong.MaxValue);
        QueryOutcome.Returned returned = Assert.IsType<QueryOutcome.Returned>(run.Outcome);
        ContractExecResult result = Scale.Decode<ContractExecResult>(returned.Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out _), $"{result.Result}");
        return value.Data.ToArray();
    }
}
