using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Tests.Node.Rpc;
using Phala.Trie;
using Phala.Wasm.Binary;
using Phala.Worker.Contracts;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>Contracts that reach for what belongs to others: what they store and remember, who they are, what the system contract may, the chain.</summary>
public sealed class ForeignStateAttackTests
{
    private const int Key = 0x100, Value = 0x180, Account = 0x300, Zeros = 0x200, Code = 0x340, Data = 0x1000, Out = ProbeScript.OutputAt;

    private readonly ProbeWorld _world = new();

    private ClusterStorage Storage => new(_world.World.State.Content);

    [Fact]
    public void What_another_stores_is_neither_read_nor_changed()
    {
        _world.Give(new ProbeScript().Write(Key, 5).Write(Value, 1, 2, 3).Call("seal2", "set_storage", Key, 1, Value, 3).Call("seal1", "set_storage", Key, Value, 3).End());
        byte[][] keys = [[5], [.. ProbeWorld.First.AsSpan(), 5], [.. ProbeWorld.First.AsSpan(), 1, 5], [StateKeys.StorageMark, .. ProbeWorld.First.AsSpan(), 1, 5]];
        foreach (byte[] key in keys)
        {
            // Fixed keys take 32 bytes, of which these are the first.
            byte[] given = _world.Give(new ProbeScript().Write(Key, key).Call("seal1", "contains_storage", Key, key.Length).Call("seal1", "clear_storage", Key, key.Length).Call("seal0", "contains_storage", Key).End(), ProbeWorld.Second);
            Assert.Equal((-1, -1, -1), (BitConverter.ToInt64(given), BitConverter.ToInt64(given, 8), BitConverter.ToInt64(given, 16)));
        }

        foreach (byte[] key in keys)
        {
            _world.Give(new ProbeScript().Write(Key, key).Call("seal2", "set_storage", Key, key.Length, Value, 8).Call("seal1", "set_storage", Key, Value, 8).End(), ProbeWorld.Second);
        }

        byte[] found = _world.Give(new ProbeScript().Write(Key, 5).Call("seal1", "contains_storage", Key, 1).Call("seal0", "contains_storage", Key).End());
        Assert.Equal((3, 3), (BitConverter.ToInt64(found), BitConverter.ToInt64(found, 8)));
    }

    /// <summary>With the cache that workers have.</summary>
    [Fact]
    public void What_another_has_remembered_is_not_found()
    {
        ContractSurroundings surroundings = new(ContractCodes.Standard, new ContractHttp(new ContractHttpOptions()), new ManualTime());
        QueryHost host = surroundings.HostFor(new Sr25519PublicKey(ClusterWorld.Bytes("the worker")));
        byte[] key = ClusterWorld.Sequence([1, 2]), value = ClusterWorld.Sequence([3, 4]);
        Assert.Empty(Ask(host, ProbeWorld.First, ExtensionFunction.CacheSet, [.. key, .. value]));
        Assert.Equal<byte>([1, .. value], Ask(host, ProbeWorld.First, ExtensionFunction.CacheGet, key));
        Assert.Equal<byte>([0], Ask(host, ProbeWorld.Second, ExtensionFunction.CacheGet, key));
        Assert.Equal<byte>([0], Ask(host, ProbeWorld.Second, ExtensionFunction.CacheRemove, key));
        Ask(host, ProbeWorld.Second, ExtensionFunction.CacheSetExpiration, [.. key, .. new byte[8]]);
        Assert.Equal<byte>([1, .. value], Ask(host, ProbeWorld.First, ExtensionFunction.CacheGet, key));
    }

    /// <summary>Who is called is told who calls: the contract between, not the account that it does it for.</summary>
    [Fact]
    public void Nobody_calls_in_the_name_of_who_called_them()
    {
        byte[] ask = new ProbeScript().Ask("seal0", "caller", 32).End();
        byte[] given = _world.Give(Call(ProbeWorld.Second, ask).Show(Out, 60).End());
        Assert.Equal(0, BitConverter.ToInt64(given));
        Assert.Equal(ProbeWorld.First.AsSpan(), given.AsSpan(8 + 12, 32));
    }

    /// <summary>The cluster's owner calls a contract, which asks the system contract for what its owner may.</summary>
    [Fact]
    public void The_owners_own_calls_do_not_lend_what_the_owner_may()
    {
        byte[] first = ProbeWorld.First.AsSpan().ToArray();
        byte[][] asked =
        [
            ClusterWorld.Call(0x67612061, first), ClusterWorld.Call(0xaa1e2030, ClusterWorld.Text("PinkLogger"), first), ClusterWorld.Call(0x45ec9b18, first, [9, 0, 0, 0]),
            ClusterWorld.Call(0x352c6b5c, [0], first, new byte[4], BitConverter.GetBytes(1_000_000ul)),
        ];
        foreach (byte[] message in asked)
        {
            Outcome outcome = _world.Run(out EntryResult result, Call(ClusterWorld.System, message).Show(Out, 3).End(), sender: ClusterWorld.Owner);
            Assert.Equal((OutcomeStatus.Succeeded, 2L), (outcome.Status, BitConverter.ToInt64(outcome.Output.AsSpan())));
            Assert.Equal<byte>([0, 1, 0], outcome.Output.AsSpan()[8..11].ToArray());
            Assert.Empty(result.Log);
        }

        Assert.Equal((0, 1u), (Storage.Hooks.Length, Storage.WeightOf(ProbeWorld.First)));
        Assert.Equal(LogKind.HookSet, _world.World.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, asked[3])).Log[0].Kind);
    }

    /// <summary>To say it as the system contract would is not to be it.</summary>
    [Fact]
    public void An_event_in_the_system_contracts_words_brings_nothing_about()
    {
        byte[] told = Scale.Encode<PinkEvent>(new PinkEvent.SetContractWeight(new AccountId(ProbeWorld.First.AsSpan()), 1000));
        byte[] script = new ProbeScript().Write(Key, [4, .. PinkEvent.Topic.AsSpan()]).Write(Data, told).Call("seal0", "deposit_event", Key, 33, Data, told.Length).End();
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(out EntryResult result, script).Status);
        Assert.Equal(new LogRecord(0, LogKind.EffectRefused, ProbeWorld.First), Assert.Single(result.Log));
        Assert.Equal(1u, Storage.WeightOf(ProbeWorld.First));
    }

    [Fact]
    public void Code_of_the_system_is_imported_by_the_system_contract_alone()
    {
        byte[] script = new ProbeScript().Write(Data, ProbeWorld.Alice.AsSpan()).Ask("seal0", "call_chain_extension", 64, (int)ExtensionFunction.ImportLatestSystemCode, Data, 32).End();
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(script).Status);
    }

    [Fact]
    public void The_chains_own_calls_are_not_for_contracts()
    {
        byte[] given = _world.Give(new ProbeScript().Write(Data, 6, 0).Call("seal0", "call_runtime", Data, 2).Call("seal0", "xcm_execute", Data, 2).Call("seal0", "xcm_send", Data, Data, 2, Out).End());
        Assert.Equal((10, 13, 14), (BitConverter.ToInt64(given), BitConverter.ToInt64(given, 8), BitConverter.ToInt64(given, 16)));
    }

    /// <summary>Code that nobody has added would leave the contract without any.</summary>
    [Fact]
    public void No_contract_takes_code_that_is_not_there()
    {
        byte[] script = new ProbeScript().Write(Code, ClusterWorld.Bytes("no code")).Call("seal0", "set_code_hash", Code).End();
        Assert.Equal(7, BitConverter.ToInt64(_world.Give(script)));
        Assert.True(Storage.TryGetContract(ProbeWorld.First, out ContractRecord record));
        Assert.Equal(ProbeContract.CodeHash, record.CodeHash);
    }

    /// <summary>Code with floating point was added for queries; a command has no way to it.</summary>
    [Fact]
    public void Commands_run_no_code_that_may_differ_from_worker_to_worker()
    {
        byte[] floats = ModuleWriter.Write(ContractModule.Definition with { Bodies = [new FunctionBody([], new CodeWriter().F64(1).Op(Opcode.Drop).Op(Opcode.End).ToArray())] });
        _world.World.Apply(ProbeWorld.Upload(floats, ResourceType.IndeterministicInkCode));
        byte[] lend = new ProbeScript().Write(Code, ProbeContract.HashOf(floats).AsSpan()).Write(Zeros, new byte[16]).Call("seal0", "delegate_call", 0, Code, Data, 0, -1, 0)
            .Call("seal1", "instantiate", Code, 0, Zeros, Data, 0, -1, 0, -1, 0, Zeros, 1).Call("seal0", "set_code_hash", Code).End();
        byte[] given = _world.Give(lend);
        Assert.Equal((7, 7, 7), (BitConverter.ToInt64(given), BitConverter.ToInt64(given, 8), BitConverter.ToInt64(given, 16)));
        QueryOutcome outcome = _world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(lend), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out _));
        Assert.Equal(0, BitConverter.ToInt64(value.Data.AsSpan()));
    }

    private static ProbeScript Call(in Hash256 contract, byte[] input) => new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Zeros, new byte[16]).Write(Out - 4, BitConverter.GetBytes(100))
        .Call("seal1", "call", 0, Account, 0, Zeros, Data, input.Length, Out, Out - 4);

    /// <summary>What a function of the extension gives a contract in a query.</summary>
    private byte[] Ask(QueryHost host, in Hash256 contract, ExtensionFunction function, byte[] input)
    {
        byte[] script = new ProbeScript().Write(Data, input).Ask("seal0", "call_chain_extension", 64, (int)function, Data, input.Length).End();
        QueryOutcome outcome = _world.World.View(host).Ask(contract, new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out DispatchError failure), failure.ToString());
        Assert.Equal(0, BitConverter.ToInt64(value.Data.AsSpan()));
        return value.Data.AsSpan().Slice(12, BitConverter.ToInt32(value.Data.AsSpan()[8..])).ToArray();
    }
}
