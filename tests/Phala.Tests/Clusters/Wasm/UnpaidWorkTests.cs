using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.Queries;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Phala.Wasm.Binary;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Work that a contract causes without having paid for it. Gas is what can be asserted about time.</summary>
public sealed class UnpaidWorkTests
{
    private const int Account = 0x300, Zeros = 0x200, Code = 0x340, Data = 0x1000, Out = ProbeScript.OutputAt;

    private readonly ProbeWorld _world = new();

    private ClusterStorage Storage => new(_world.World.State.Content);

    [Fact]
    public void Code_is_prepared_once_at_the_price_of_its_compilation_and_then_called_for_little()
    {
        byte[] code = Heavy(1, 100_000);
        Hash256 contract = Deploy(code);
        Assert.True(Storage.TryGetCode(ProbeContract.HashOf(code), out CodeRecord record));
        Assert.True(record.Work > 90_000);
        _world.World.State = Forget(contract);
        ulong cold = GasOf([0], contract), warm = GasOf([0], contract);
        Assert.Equal((Fuel.PrepareByte * record.Length) + (Fuel.CompileByte * record.Work), cold - warm);
        Assert.True(warm < cold / 100, $"{warm} {cold}");
    }

    [Fact]
    public void What_takes_the_room_of_prepared_code_is_paid_for_and_the_oldest_goes_first()
    {
        PreparedCodes prepared = Storage.Prepared;
        ClusterStorage storage = Storage;
        prepared = storage.Prepared;
        Hash256[] codes = [.. Enumerable.Range(0, 9).Select(number => ClusterWorld.Hash($"code {number}"))];
        Assert.True(prepared.Contains(ProbeContract.CodeHash));
        foreach (Hash256 code in codes) prepared.Add(code, (uint)(PreparedCodes.Room / 8));
        Assert.Equal([false, .. Enumerable.Repeat(true, 8)], codes.Select(code => prepared.Contains(code)));
        Assert.False(prepared.Contains(ProbeContract.CodeHash));
        prepared.Remove(codes[4]);
        prepared.Remove(codes[4]);
        prepared.Add(codes[0], (uint)(PreparedCodes.Room / 8));
        Assert.Equal([true, true, true, true, false, true, true, true, true], codes.Select(code => prepared.Contains(code)));
    }

    [Fact]
    public void Another_code_for_a_contract_is_looked_up_and_not_loaded()
    {
        byte[] code = Heavy(2, 100_000);
        _world.World.Apply(ProbeWorld.Upload(code));
        Outcome outcome = _world.Run(new ProbeScript().Write(Code, ProbeContract.HashOf(code).AsSpan()).Call("seal0", "set_code_hash", Code).End());
        Assert.Equal((OutcomeStatus.Succeeded, 0L), (outcome.Status, BitConverter.ToInt64(outcome.Output.AsSpan())));
        Assert.False(Storage.Prepared.Contains(ProbeContract.HashOf(code)));
    }

    [Fact]
    public void Calls_of_nobody_of_no_code_and_with_much_memory_have_a_price()
    {
        Assert.True(Difference(new ProbeScript().Write(Account, new byte[32]).Write(Zeros, new byte[16]).Call("seal1", "call", 0, Account, 0, Zeros, Data, 0, -1, 0)) >= Fuel.Read);
        Assert.True(Difference(new ProbeScript().Write(Code, new byte[32]).Call("seal0", "delegate_call", 0, Code, Data, 0, -1, 0)) >= Fuel.Read);
        Hash256 small = Deploy(Pages(1)), large = Deploy(Pages(64));
        ulong ofOne = GasOf([0], small), ofMany = GasOf([0], large);
        Assert.Equal(63 * Fuel.Page, ofMany - ofOne);
    }

    [Fact]
    public void Events_end_a_run_before_they_take_much_memory_also_in_queries()
    {
        byte[] few = Repeat(60, "deposit_event", 0, 0, Data, 65_000), many = Repeat(70, "deposit_event", 0, 0, Data, 65_000);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(out EntryResult result, few).Status);
        Assert.Equal(60, result.Events.Count);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(out result, many).Status);
        Assert.Empty(result.Events);
        Assert.False(Ask(many).TryGet(out _, out _));
    }

    [Fact]
    public void An_entry_keeps_so_many_bytes_of_events_and_drops_the_rest_of_them()
    {
        byte[] script = Repeat(50, "deposit_event", 0, 0, Data, 65_000);
        EntryResult result = _world.World.Apply([.. Enumerable.Range(0, 8).Select(_ => _world.World.Sealed(ProbeWorld.Alice, ProbeWorld.First, script, gas: ProbeWorld.Gas))]);
        Assert.All(result.Report!.Receipts.ToArray(), receipt => Assert.IsType<ReceiptStatus.Executed>(receipt.Status));
        Assert.InRange(result.Events.Sum(CallEngine.SizeOf), EntryOutput.MostBytes - 70_000, EntryOutput.MostBytes);
        Assert.InRange(result.Journal.Sum(item => item.Size), 1, EntryOutput.MostBytes);
    }

    [Fact]
    public void Writes_end_a_run_before_they_take_much_memory()
    {
        byte[] few = Repeat(CallEngine.MostWritten / 900_000, "set_storage", Zeros, 1, Data, 899_000), many = Repeat((CallEngine.MostWritten / 900_000) + 1, "set_storage", Zeros, 1, Data, 899_999);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(few).Status);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(many).Status);
    }

    [Fact]
    public void A_run_makes_so_many_contracts_and_no_more()
    {
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(Makes(CallEngine.MostMade + 1)).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(out EntryResult result, Makes(CallEngine.MostMade)).Status);
        Assert.Equal(CallEngine.MostMade, result.Egress.Count);
    }

    /// <summary>Requests are not even read in commands, and in queries each byte is paid for.</summary>
    [Fact]
    public void Requests_in_great_number_are_paid_for_before_they_are_read()
    {
        ProbeScript script = new ProbeScript().Write(0x50000, BitConverter.GetBytes((140_000 << 2) | 2)).Write(Out - 4, BitConverter.GetBytes(64)).Call("seal0", "call_chain_extension", (long)ExtensionFunction.BatchHttpRequest, 0x50000, 600_000, Out, Out - 4);
        ulong gas = Difference(script);
        Assert.InRange(gas, 600_000 * Fuel.InputByte, 2 * 600_000 * Fuel.InputByte);
        QueryRun run = _world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script.End()), 0, 0, false), ProbeWorld.Alice, ulong.MaxValue);
        Assert.True(run.Gas > 600_000 * Fuel.RequestByte);
    }

    /// <summary>Also where it has no room for it: it was read for it all the same.</summary>
    [Theory]
    [InlineData((int)ExtensionFunction.CacheGet)]
    [InlineData((int)ExtensionFunction.CacheRemove)]
    [InlineData((int)ExtensionFunction.HttpRequest)]
    [InlineData((int)ExtensionFunction.BatchHttpRequest)]
    public void What_a_query_is_given_by_others_is_paid_for_by_the_byte(int function)
    {
        ulong small = GasOf(1000), large = GasOf(1_001_000);
        Assert.True(large > small && large - small >= 1_000_000 * Fuel.ReadByte, $"{large} {small}");

        ulong GasOf(int length)
        {
            Vec<byte> given = Vec.Create<byte>(new byte[length]);
            QueryHost host = TestHost.Nothing with
            {
                SendHttp = (requests, _, _) => [.. requests.Select(_ => Result<HttpResponse, HttpFailure>.Ok(new HttpResponse(200, "", default, given)))], Recall = (_, _) => given, Forget = (_, _) => given,
            };
            byte[] request = Scale.Encode(new HttpRequest("http://example.com/", "GET", default, default)), input = (ExtensionFunction)function switch
            {
                ExtensionFunction.HttpRequest => request,
                ExtensionFunction.BatchHttpRequest => [4, .. request, .. new byte[8]],
                _ => [4, 1],
            };
            byte[] script = new ProbeScript().Write(Data, input).Ask("seal0", "call_chain_extension", 8, function, Data, input.Length).End();
            return _world.World.View(host).Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false), ProbeWorld.Alice, ulong.MaxValue).Gas;
        }
    }

    /// <summary>A contract that ended and came again in one entry would have what it stored gone through each time.</summary>
    [Fact]
    public void A_contract_that_has_ended_does_not_come_again_in_the_same_entry()
    {
        Message end = _world.World.Sealed(ProbeWorld.Alice, ProbeWorld.Second, new ProbeScript().Write(Account, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", Account).End(), gas: ProbeWorld.Gas);
        EntryResult result = _world.World.Apply(end, ProbeWorld.Instantiate(1));
        Assert.Contains(result.Log, line => line.Kind == LogKind.DuplicateContract);
        Assert.Contains(_world.World.Apply(ProbeWorld.Instantiate(1)).Log, line => line.Kind == LogKind.Instantiated);
    }

    private static byte[] Repeat(int count, string name, params ReadOnlySpan<long> arguments)
    {
        ProbeScript script = new();
        for (int at = 0; at < count; at++) script.Call(name == "set_storage" ? "seal2" : "seal0", name, arguments);
        return script.End();
    }

    private static byte[] Makes(int count)
    {
        ProbeScript script = new ProbeScript().Write(Data, 0).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]);
        for (int at = 0; at < count; at++) script.Write(Account, (byte)(at + 100)).Call("seal1", "instantiate", Code, 0, Zeros, Data, 1, -1, 0, -1, 0, Account, 1);
        return script.End();
    }

    private static byte[] Pages(uint pages) => ModuleWriter.Write(ContractModule.Definition with { Imports = [new Import("env", "memory", ExternalKind.Memory, Memory: new Limits(pages, 64))] });

    /// <summary>A module of so many bytes to compile that does nothing.</summary>
    private static byte[] Heavy(int seed, int length)
    {
        CodeWriter idle = new();
        for (int at = 0; at < length / 3; at++) idle.I32(seed).Op(Opcode.Drop);
        return ModuleWriter.Write(ContractModule.Definition with
        {
            Functions = [0, 0], Bodies = [ContractModule.Definition.Bodies[0], new FunctionBody([], idle.Op(Opcode.End).ToArray())],
        });
    }

    private Hash256 Deploy(byte[] code)
    {
        _world.World.Apply(ProbeWorld.Upload(code), ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.HashOf(code), [], [], ProbeWorld.Gas));
        Hash256 contract = ContractId.Of(ClusterWorld.Owner, ProbeContract.HashOf(code), ClusterWorld.Id, []);
        Assert.True(_world.World.View().HasContract(contract));
        return contract;
    }

    /// <summary>The state, as if nothing of a contract's code were prepared.</summary>
    private ClusterState Forget(in Hash256 contract)
    {
        ClusterStorage storage = Storage;
        Assert.True(storage.TryGetContract(contract, out ContractRecord record));
        storage.Prepared.Remove(record.CodeHash);
        ClusterState state = _world.World.State;
        return new ClusterState(state.Position, state.BlockNumber, state.BlockTime, state.Reported, storage.ToSnapshot());
    }

    private ulong GasOf(byte[] script, Hash256? contract = null) => _world.Run(script, contract).Gas;

    private ulong Difference(ProbeScript script) => GasOf(script.End()) - GasOf([0]);

    private Result<ExecReturnValue, Phala.Runtime.Interface.Dispatch.DispatchError> Ask(byte[] script)
    {
        InkQueryData data = new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false);
        return Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(_world.World.View().Ask(ProbeWorld.First, data, ProbeWorld.Alice, ulong.MaxValue).Outcome).Data.AsSpan()).Value!.Result;
    }
}
