using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Tests.Clusters.Wasm;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>What is locked for code, who gets it back, and when.</summary>
public sealed class CodeDepositTests
{
    private const uint PerItem = 100;
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), Bob = ClusterWorld.Account("bob");
    private static readonly byte[] Code = ContractModule.Empty, CodeNotFound = [0, 1, 2], Denied = [0, 1, 0], InUse = [0, 1, 3];
    private static readonly Hash256 CodeHash = ProbeContract.HashOf(Code);
    private static readonly UInt128 Price = (2 * PerItem) + (3 * (UInt128)Code.Length);
    private readonly ClusterWorld _world = new ClusterWorld(perItem: PerItem, perByte: 3).Begin();

    [Fact]
    public void Code_is_paid_for_by_who_adds_it_and_paid_back_to_who_removes_it()
    {
        Assert.Equal(new LogRecord(0, LogKind.CodeNotPaid, CodeHash), Assert.Single(_world.Apply(Upload(Alice)).Log));
        _world.Apply(ClusterWorld.Deposit(Alice, Price - 1));
        Hash256 before = _world.State.Root;
        Assert.Equal(LogKind.CodeNotPaid, Assert.Single(_world.Apply(Upload(Alice)).Log).Kind);
        Assert.Equal((before, false), (_world.State.Root, Storage.TryGetCode(CodeHash, out _)));
        Assert.Equal(LogKind.CodeAdded, Assert.Single(_world.Apply(ClusterWorld.Deposit(Alice, 1), Upload(Alice)).Log).Kind);
        Assert.True(Storage.TryGetCode(CodeHash, out CodeRecord record));
        Assert.Equal(new CodeRecord(Alice, ResourceType.InkCode, (uint)Code.Length, Price, 0, record.Work), record);
        Assert.True(record.Work > 0);
        Assert.Equal((UInt128)0, Storage.BalanceOf(Alice));
        Remove(Alice);
        Assert.Equal((false, false, Price), (Storage.TryGetCode(CodeHash, out _), Storage.TryGetCodeBytes(CodeHash, out _), Storage.BalanceOf(Alice)));
        Assert.Equal(LogKind.CodeAdded, Assert.Single(_world.Apply(Upload(Alice)).Log).Kind);
    }

    [Fact]
    public void Programs_beside_contracts_are_no_cheaper()
    {
        _world.Apply(ClusterWorld.Deposit(Alice, 203), Upload(Alice, ResourceType.SidevmCode, [1]));
        Assert.Equal((UInt128)0, Storage.BalanceOf(Alice));
    }

    [Fact]
    public void Nobody_removes_what_is_anothers_or_runs_or_is_not_there()
    {
        _world.Apply(ClusterWorld.Deposit(Alice, 10 * Price), ClusterWorld.Deposit(Bob, 10 * Price), Upload(Alice), Upload(Bob));
        Assert.Equal(10 * Price, Storage.BalanceOf(Bob));
        Assert.Equal(Denied, Ask(Bob));
        Assert.Equal(Denied, Ask(ClusterWorld.Owner));
        Assert.Equal([0, 0], Ask(Alice));
        Assert.Equal(CodeNotFound, VaultTests.Ask(_world, Alice, ClusterWorld.System, ClusterWorld.Call("remove_code", NativeCode.Vault.AsSpan().ToArray())));
        _world.Apply(ClusterWorld.Instantiate(Bob, CodeHash, [1], []), ClusterWorld.Instantiate(Bob, CodeHash, [2], []));
        Assert.Equal(InUse, Ask(Alice));
        Remove(Alice);
        Assert.True(Storage.TryGetCode(CodeHash, out CodeRecord record));
        Assert.Equal(2ul, record.References);
        Assert.Equal([1, 1], VaultTests.Ask(_world, Alice, ClusterWorld.System, ClusterWorld.Call("remove_code", new byte[31])));
    }

    [Fact]
    public void Contracts_that_end_or_take_other_code_run_it_no_more()
    {
        ProbeWorld world = new(perItem: 1, perByte: 1);
        const int at = 0x1000;
        Assert.Equal(2ul, References(world, ProbeContract.CodeHash));
        world.World.Apply(ProbeWorld.Upload(ProbeContract.Variant(0)));
        world.Give(new ProbeScript().Write(at, ProbeContract.VariantHash(0).AsSpan()).Call("seal0", "set_code_hash", at).End());
        world.Give(new ProbeScript().Write(at, ProbeContract.VariantHash(0).AsSpan()).Call("seal0", "set_code_hash", at).End());
        Assert.Equal((1ul, 1ul), (References(world, ProbeContract.CodeHash), References(world, ProbeContract.VariantHash(0))));
        world.Run(new ProbeScript().Write(at, ProbeContract.VariantHash(0).AsSpan()).Call("seal0", "set_code_hash", at).Trap(), ProbeWorld.Second);
        Assert.Equal((1ul, 1ul), (References(world, ProbeContract.CodeHash), References(world, ProbeContract.VariantHash(0))));
        world.Run(new ProbeScript().Write(at, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", at).End(), ProbeWorld.Second);
        Assert.Equal((0ul, 1ul), (References(world, ProbeContract.CodeHash), References(world, ProbeContract.VariantHash(0))));
        world.World.Apply(ClusterWorld.Plain(ProbeWorld.Alice, ClusterWorld.System, ClusterWorld.Call("remove_code", ProbeContract.CodeHash.AsSpan().ToArray())));
        Assert.False(new ClusterStorage(world.World.State.Content).TryGetCode(ProbeContract.CodeHash, out _));
        Assert.Equal(LogKind.CodeNotFound, Assert.Single(world.World.Apply(ProbeWorld.Instantiate(7)).Log).Kind);
    }

    private static ulong References(ProbeWorld world, Hash256 code) => new ClusterStorage(world.World.State.Content).TryGetCode(code, out CodeRecord record) ? record.References : ulong.MaxValue;

    private ClusterStorage Storage => new(_world.State.Content);

    private static Message Upload(AccountId owner, ResourceType kind = ResourceType.InkCode, byte[]? code = null) =>
        ClusterWorld.Operation(new ClusterOperation.UploadResource(owner, ClusterWorld.Id, kind, Vec.Create<byte>(code ?? Code)));

    private void Remove(AccountId sender) => _world.Apply(ClusterWorld.Plain(sender, ClusterWorld.System, ClusterWorld.Call("remove_code", CodeHash.AsSpan().ToArray())));

    private byte[] Ask(AccountId caller) => VaultTests.Ask(_world, caller, ClusterWorld.System, ClusterWorld.Call("remove_code", CodeHash.AsSpan().ToArray()));
}
