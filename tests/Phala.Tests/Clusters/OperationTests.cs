using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>How clusters and contracts begin, and what pallets tell them.</summary>
public sealed class OperationTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice");

    [Fact]
    public void A_cluster_begins_with_its_owner_its_deposit_and_its_system_contract()
    {
        ClusterWorld world = new(deposit: 77);
        EntryResult result = world.Apply(world.Create(new Sr25519PublicKey(Alice.AsSpan())));
        Assert.Equal([LogKind.ClusterCreated, LogKind.Instantiated], result.Log.Select(record => record.Kind));
        Assert.NotNull(result.Report);
        Assert.Equal(default, result.Report.Previous);
        ClusterStorage storage = new(world.State.Content);
        Assert.Equal((UInt128)77, storage.BalanceOf(ClusterWorld.Owner));
        Assert.True(storage.TryGetContract(ClusterWorld.System, out ContractRecord record) && record == new ContractRecord(NativeCode.SystemContract, ClusterWorld.Owner));
        AssertIdentity(world, Assert.Single(result.Egress), 0, ClusterWorld.System, ClusterWorld.Owner);
        result = world.Apply(world.Create());
        Assert.Equal(LogKind.MessageIgnored, Assert.Single(result.Log).Kind);
        Assert.Null(result.Report);
    }

    [Fact]
    public void A_contract_that_came_into_being_has_an_identity_and_the_next_number()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        EntryResult result = world.Apply(ClusterWorld.Instantiate(Alice, NativeCode.Vault, [1], ClusterWorld.Call("new")), ClusterWorld.Instantiate(Alice, NativeCode.Vault, [2], ClusterWorld.Call("new")));
        Assert.Equal(2, result.Egress.Count);
        AssertIdentity(world, result.Egress[0], 2, ContractId.Of(Alice, NativeCode.Vault, ClusterWorld.Id, [1]), Alice);
        AssertIdentity(world, result.Egress[1], 3, ContractId.Of(Alice, NativeCode.Vault, ClusterWorld.Id, [2]), Alice);
    }

    [Theory]
    [InlineData(LogKind.DuplicateContract)]
    [InlineData(LogKind.CodeNotFound)]
    [InlineData(LogKind.CannotPay)]
    [InlineData(LogKind.ConstructorFailed)]
    public void A_contract_that_does_not_come_into_being_leaves_nothing(LogKind reason)
    {
        ClusterWorld world = new ClusterWorld(gasPrice: reason == LogKind.CannotPay ? 1u : 0u).Begin();
        if (reason == LogKind.CannotPay) world = new ClusterWorld(gasPrice: 1, deposit: 2 * ClusterWorld.Gas).Begin();
        byte[] code = [0, 97, 115, 109];
        if (reason == LogKind.CodeNotFound) world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(code))));
        Hash256 before = world.State.Root;
        Message message = reason switch
        {
            LogKind.DuplicateContract => ClusterWorld.Instantiate(ClusterWorld.Owner, NativeCode.Vault, "vault"u8, ClusterWorld.Call("new")),
            LogKind.CodeNotFound => ClusterWorld.Instantiate(Alice, HashOf(code), [], ClusterWorld.Call("new")),
            LogKind.CannotPay => ClusterWorld.Instantiate(Alice, NativeCode.Vault, [], ClusterWorld.Call("new")),
            _ => ClusterWorld.Instantiate(Alice, NativeCode.Vault, [], ClusterWorld.Call("old")),
        };
        EntryResult result = world.Apply(message);
        Assert.Equal(reason, Assert.Single(result.Log).Kind);
        Assert.Empty(result.Egress);
        Assert.Equal(before, world.State.Root);
    }

    [Fact]
    public void Code_is_kept_once_under_its_hash()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        byte[] code = ContractModule.Empty;
        Assert.Equal([0, 0], Exists(world, HashOf(code), 0));
        EntryResult result = world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(code))));
        Assert.Equal(new LogRecord(0, LogKind.CodeAdded, HashOf(code)), Assert.Single(result.Log));
        Assert.Equal([0, 1], Exists(world, HashOf(code), 0));
        Assert.Equal([0, 0], Exists(world, HashOf(code), 1));
        Assert.Empty(world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(ClusterWorld.Owner, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(code)))).Log);
        Assert.Equal(LogKind.CodeRefused, Assert.Single(world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, [0, 97, 115, 109]))).Log).Kind);
        world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.SidevmCode, [1])));
        Assert.Equal([0, 0], Exists(world, HashOf([1]), 0));
        Assert.Equal([0, 1], Exists(world, HashOf([1]), 1));
        Assert.Equal([0, 1], Exists(world, NativeCode.Vault, 0));
    }

    [Fact]
    public void Nobody_but_a_pallet_and_nothing_but_the_own_cluster_is_obeyed()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        Hash256 before = world.State.Root;
        Message deposit = ClusterWorld.Deposit(Alice, 5);
        Message[] ignored =
        [
            deposit with { Sender = new MessageOrigin.AccountId(ClusterWorld.Owner) }, deposit with { Sender = new MessageOrigin.Gatekeeper() }, deposit with { Sender = new MessageOrigin.Cluster(ClusterWorld.Id) },
            deposit with { Payload = [99] }, deposit with { Destination = Topics.ClusterEvent }, deposit with { Destination = default },
            ClusterWorld.Operation(new ClusterOperation.Deposit(ClusterWorld.Genesis, Alice, 5)),
            ClusterWorld.Operation(new ClusterOperation.DestroyCluster(ClusterWorld.Genesis)),
            ClusterWorld.Instantiate(Alice, NativeCode.Vault, [], ClusterWorld.Call("new")) with { Sender = new MessageOrigin.AccountId(Alice) },
            ClusterWorld.Instantiate(Alice, NativeCode.Vault, new byte[ContractId.MaxSalt + 1], ClusterWorld.Call("new")),
        ];
        EntryResult result = world.Apply(ignored);
        Assert.Equal(Enumerable.Repeat(LogKind.MessageIgnored, ignored.Length), result.Log.Select(record => record.Kind));
        Assert.Equal(Enumerable.Range(0, ignored.Length), result.Log.Select(record => (int)record.Index));
        Assert.Null(result.Report);
        Assert.Equal(before, world.State.Root);
    }

    [Fact]
    public void Deposits_add_up_to_a_number()
    {
        ClusterWorld world = new ClusterWorld(deposit: 1).Begin();
        world.Apply(ClusterWorld.Deposit(Alice, UInt128.MaxValue - 1));
        EntryResult result = world.Apply(ClusterWorld.Deposit(ClusterWorld.Account("bob"), 1), ClusterWorld.Deposit(Alice, 1));
        Assert.Equal([LogKind.DepositRefused, LogKind.DepositRefused], result.Log.Select(record => record.Kind));
        Assert.Equal(UInt128.MaxValue - 1, new ClusterStorage(world.State.Content).BalanceOf(Alice));
    }

    [Fact]
    public void Members_come_and_go()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        Hash256 before = world.State.Root;
        world.Apply(ClusterWorld.Operation(new ClusterOperation.AddWorker(ClusterWorld.Id, new(Alice.AsSpan()))));
        Assert.NotEqual(before, world.State.Root);
        world.Apply(ClusterWorld.Operation(new ClusterOperation.RemoveWorker(ClusterWorld.Id, new(Alice.AsSpan()))));
        Assert.Equal(before, world.State.Root);
    }

    private static void AssertIdentity(ClusterWorld world, EgressMessage egress, ulong sequence, Hash256 contract, AccountId deployer)
    {
        Assert.Equal((sequence, Topics.ContractRegistryEvent), (egress.Sequence, egress.Message.Destination));
        Assert.Equal(new MessageOrigin.Cluster(ClusterWorld.Id), egress.Message.Sender);
        using Sr25519KeyPair identity = world.Secrets[0].DeriveContractIdentity(contract);
        Assert.Equal(new ContractRegistryEvent.PubkeyAvailable(contract, new(identity.PublicKey), new Hash256(deployer.AsSpan())), Scale.Decode<ContractRegistryEvent>(egress.Message.Payload.AsSpan()).Value);
    }

    private static byte[] Exists(ClusterWorld world, Hash256 code, byte kind) =>
        VaultTests.Ask(world, Alice, ClusterWorld.System, ClusterWorld.Call(0x6fc58436, code.AsSpan().ToArray(), [kind]));

    private static Hash256 HashOf(byte[] bytes)
    {
        byte[] hash = new byte[32];
        Phala.Crypto.Hashing.Blake2b.Hash256(bytes, hash);
        return new Hash256(hash);
    }
}
