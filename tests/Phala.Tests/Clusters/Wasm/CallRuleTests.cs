using Phala.Clusters;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Rules of calls, deposits and code as ink!'s contracts expect them.</summary>
public sealed class CallRuleTests
{
    private const int Account = 0x300, Zeros = 0x200, Limit = 0x220, Code = 0x340, Salt = 0x380, Data = 0x1000, Out = ProbeScript.OutputAt;

    private readonly ProbeWorld _world = new(perItem: 10, perByte: 1);

    private ClusterStorage Storage => new(_world.World.State.Content);

    [Theory]
    [InlineData(111, OutcomeStatus.Trapped)]
    [InlineData(112, OutcomeStatus.Succeeded)]
    public void A_call_with_a_deposit_limit_stores_no_more(byte limit, OutcomeStatus status)
    {
        byte[] inner = new ProbeScript().Write(0x100, new byte[100]).Call("seal2", "set_storage", 0x100, 1, 0x100, 100).End();
        byte[] script = new ProbeScript().Write(Data, inner).Write(Account, ProbeWorld.Second.AsSpan()).Write(Zeros, new byte[16]).Write(Limit, [limit, .. new byte[15]])
            .Call("seal2", "call", 0, Account, 0, 0, Limit, Zeros, Data, inner.Length, -1, 0).End();
        Assert.Equal(status, _world.Run(script).Status);
        Assert.Equal(status == OutcomeStatus.Succeeded, Storage.TryGetStored(ProbeWorld.Second, [1, 0], out _));
    }

    /// <summary>The contract's own record is 10 + 96; the constructor stores nothing.</summary>
    [Theory]
    [InlineData(105, OutcomeStatus.Trapped)]
    [InlineData(106, OutcomeStatus.Succeeded)]
    public void A_contract_is_made_within_its_deposit_limit(byte limit, OutcomeStatus status)
    {
        byte[] script = new ProbeScript().Write(Data, 0).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Limit, [limit, .. new byte[15]]).Write(Salt, 77)
            .Call("seal2", "instantiate", Code, 0, 0, Limit, Zeros, Data, 1, -1, 0, -1, 0, Salt, 1).End();
        Assert.Equal(status, _world.Run(script).Status);
    }

    [Fact]
    public void What_a_limited_call_frees_counts_against_what_it_stores()
    {
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(Store(ProbeWorld.Second, 1, 100)).Status);
        byte[] inner = new ProbeScript().Write(0x100, 1).Call("seal1", "clear_storage", 0x100, 1).Write(0x100, 2).Call("seal2", "set_storage", 0x100, 1, Data, 99).End();
        byte[] script = new ProbeScript().Write(Data, inner).Write(Account, ProbeWorld.Second.AsSpan()).Write(Zeros, new byte[16]).Write(Limit, new byte[16])
            .Call("seal2", "call", 0, Account, 0, 0, Limit, Zeros, Data, inner.Length, -1, 0).End();
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(script).Status);
    }

    /// <summary>A factory's constructors may call it back, and code that it borrows may let it be called.</summary>
    [Fact]
    public void Who_makes_a_contract_or_borrows_code_may_be_called_meanwhile()
    {
        byte[] back = CallOf(ProbeWorld.First, [0], flags: 0).End();
        byte[] making = new ProbeScript().Write(Data, back).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Salt, 78)
            .Call("seal1", "instantiate", Code, 0, Zeros, Data, back.Length, -1, 0, -1, 0, Salt, 1).End();
        Outcome made = _world.Run(making);
        Assert.Equal((OutcomeStatus.Succeeded, 0L), (made.Status, BitConverter.ToInt64(made.Output.AsSpan())));

        byte[] open = CallOf(ProbeWorld.Second, CallOf(ProbeWorld.First, [0], flags: 0).End(), flags: 8).End();
        Outcome lent = _world.Run(new ProbeScript().Write(Data, open).Write(Code, ProbeContract.CodeHash.AsSpan()).Call("seal0", "delegate_call", 0, Code, Data, open.Length, -1, 0).End());
        Assert.Equal((OutcomeStatus.Succeeded, 0L), (lent.Status, BitConverter.ToInt64(lent.Output.AsSpan())));

        byte[] closed = CallOf(ProbeWorld.Second, CallOf(ProbeWorld.First, [0], flags: 0).End(), flags: 0).End();
        Assert.Equal(1, BitConverter.ToInt64(_world.Give(closed)));
    }

    [Fact]
    public void Nobody_calls_a_contract_whose_constructor_runs()
    {
        Hash256 contract = ContractId.Of(new(ProbeWorld.First.AsSpan()), ProbeContract.CodeHash, ClusterWorld.Id, [79]);
        byte[] self = CallOf(contract, [0], flags: 8).Call("seal0", "is_contract", Account).End();
        byte[] making = new ProbeScript().Write(Data, self).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Salt, 79).Write(Out - 4, BitConverter.GetBytes(100))
            .Call("seal1", "instantiate", Code, 0, Zeros, Data, self.Length, -1, 0, Out, Out - 4, Salt, 1).Show(Out, 16).End();
        byte[] output = _world.Give(making);
        Assert.Equal((0L, 8L, 0L), (BitConverter.ToInt64(output), BitConverter.ToInt64(output, 8), BitConverter.ToInt64(output, 16)));
    }

    [Fact]
    public void Borrowed_code_knows_whether_its_caller_is_the_origin()
    {
        byte[] ask = new ProbeScript().Call("seal0", "caller_is_origin").End();
        byte[] lent = new ProbeScript().Write(Data, ask).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Out - 4, BitConverter.GetBytes(100)).Call("seal0", "delegate_call", 0, Code, Data, ask.Length, Out, Out - 4).Show(Out, 8).End();
        Assert.Equal(1, _world.Give(lent)[8]);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(new ProbeScript().Write(Data, ask).Write(Code, ProbeContract.CodeHash.AsSpan()).Call("seal0", "delegate_call", 8, Code, Data, ask.Length, -1, 0).End()).Status);
    }

    [Fact]
    public void A_call_within_another_may_return_more_than_a_command()
    {
        byte[] inner = new ProbeScript().Call("seal0", "seal_return", 0, 0x10000, 70_000).End();
        byte[] script = new ProbeScript().Write(Data, inner).Write(Account, ProbeWorld.Second.AsSpan()).Write(Zeros, new byte[16]).Call("seal1", "call", 0, Account, 0, Zeros, Data, inner.Length, -1, 0).End();
        Assert.Equal(0, BitConverter.ToInt64(_world.Give(script)));
        Assert.Equal(OutcomeStatus.OutputTooLong, _world.Run(inner).Status);
    }

    [Fact]
    public void An_account_comes_into_being_with_what_it_takes()
    {
        _world.World.Apply(ClusterWorld.Deposit(new(ProbeWorld.First.AsSpan()), 1000));
        byte[] minimum = new ProbeScript().Ask("seal0", "minimum_balance", 16).End();
        Assert.Equal(58, _world.Give(minimum)[12]);
        Assert.Equal((5L, 0L, 0L), (Pay("nobody", 57), Pay("nobody", 58), Pay("nobody", 1)));
        Assert.Equal(0, Pay(ProbeWorld.Second.AsSpan().ToArray(), 1));
    }

    [Fact]
    public void Code_that_a_contract_wants_kept_is_not_removed()
    {
        byte[] code = ContractModule.Empty;
        Hash256 hash = ProbeContract.HashOf(code);
        _world.World.Apply(ProbeWorld.Upload(code));
        ulong items = Storage.UsageOf(ProbeWorld.First).Items;
        byte[] keep = new ProbeScript().Write(Code, hash.AsSpan()).Call("seal0", "lock_delegate_dependency", Code).End(), release = new ProbeScript().Write(Code, hash.AsSpan()).Call("seal0", "unlock_delegate_dependency", Code).End();
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(release).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(keep).Status);
        Assert.Equal((1ul, items + 1), (Record(hash).References, Storage.UsageOf(ProbeWorld.First).Items));
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(keep).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(release).Status);
        Assert.Equal((0ul, items), (Record(hash).References, Storage.UsageOf(ProbeWorld.First).Items));
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(keep).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(new ProbeScript().Write(Account, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", Account).End()).Status);
        Assert.Equal(0ul, Record(hash).References);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(new ProbeScript().Write(Code, new byte[32]).Call("seal0", "lock_delegate_dependency", Code).End(), ProbeWorld.Second).Status);
    }

    [Fact]
    public void Each_contract_sees_another_nonce()
    {
        byte[] ask = new ProbeScript().Call("seal0", "instantiation_nonce").End();
        HashSet<long> seen = [];
        for (byte salt = 90; salt < 94; salt++)
        {
            byte[] making = new ProbeScript().Write(Data, ask).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Salt, salt).Write(Out - 4, BitConverter.GetBytes(100))
                .Call("seal1", "instantiate", Code, 0, Zeros, Data, ask.Length, -1, 0, Out, Out - 4, Salt, 1).Show(Out, 8).End();
            seen.Add(BitConverter.ToInt64(_world.Give(making), 8));
        }

        Assert.Equal(4, seen.Count);
    }

    /// <summary>Who adds another's code first, as a program beside contracts, keeps nobody from running it.</summary>
    [Fact]
    public void Code_that_was_added_as_less_becomes_what_it_is_added_as_later()
    {
        byte[] code = ContractModule.Empty;
        Hash256 hash = ProbeContract.HashOf(code);
        _world.World.Apply(ClusterWorld.Deposit(ClusterWorld.Owner, 10_000), new Message(ClusterWorld.Pallet, Topics.ClusterOperation, Vec.Create<byte>(Scale.Encode<ClusterOperation>(
            new ClusterOperation.UploadResource(ClusterWorld.Owner, ClusterWorld.Id, ResourceType.SidevmCode, Vec.Create<byte>(code))))));
        UInt128 paid = Record(hash).Deposit, before = Storage.BalanceOf(ClusterWorld.Owner);
        Assert.Equal(ResourceType.SidevmCode, Record(hash).Kind);
        Assert.Contains(_world.World.Apply(ProbeWorld.Upload(code)).Log, line => line.Kind == LogKind.CodeAdded);
        Assert.Equal((ResourceType.InkCode, ProbeWorld.Alice, before + paid), (Record(hash).Kind, Record(hash).Owner, Storage.BalanceOf(ClusterWorld.Owner)));
        _world.World.Apply(ProbeWorld.Upload(code, ResourceType.IndeterministicInkCode), ProbeWorld.Upload(code, ResourceType.SidevmCode));
        Assert.Equal(ResourceType.InkCode, Record(hash).Kind);
    }

    [Fact]
    public void Nobody_asks_a_contract_that_takes_zeros_for_nobody()
    {
        InkQueryData ask = new InkQueryData.InkMessage([0], 0, 0, false), estimate = new InkQueryData.InkMessage([0], 0, 0, true);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoCaller), _world.World.View().Ask(ProbeWorld.First, ask, null, ProbeWorld.Gas).Outcome);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoCaller), _world.World.View().Ask(ProbeWorld.First, estimate, null, ProbeWorld.Gas).Outcome);
        Assert.IsType<QueryOutcome.Returned>(_world.World.View().Ask(ClusterWorld.System, ask, null, ProbeWorld.Gas).Outcome);
    }

    /// <summary>What the command would be refused for, its estimate says.</summary>
    [Fact]
    public void An_estimate_that_its_caller_can_t_pay_the_deposit_of_fails()
    {
        InkQueryData store = new InkQueryData.InkMessage(Vec.Create<byte>(Store(ProbeWorld.First, 5, 100)), 0, 0, true);
        Assert.False(Estimate(ClusterWorld.Account("poor")).Result.TryGet(out _, out _));
        Assert.True(Estimate(ProbeWorld.Alice).Result.TryGet(out _, out _));

        ContractExecResult Estimate(Phala.Chain.AccountId caller) =>
            Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(_world.World.View().Ask(ProbeWorld.First, store, caller, ProbeWorld.Gas).Outcome).Data.AsSpan()).Value!;
    }

    private CodeRecord Record(in Hash256 hash)
    {
        Assert.True(Storage.TryGetCode(hash, out CodeRecord record));
        return record;
    }

    private long Pay(string name, byte amount) => Pay(ClusterWorld.Account(name).AsSpan().ToArray(), amount);

    private long Pay(byte[] account, byte amount) => BitConverter.ToInt64(_world.Give(new ProbeScript().Write(Account, account).Write(Zeros, [amount, .. new byte[15]]).Call("seal0", "transfer", Account, 32, Zeros, 16).End()));

    private static ProbeScript CallOf(in Hash256 contract, byte[] input, int flags) =>
        new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Zeros, new byte[16]).Call("seal1", "call", flags, Account, 0, Zeros, Data, input.Length, -1, 0);

    private static byte[] Store(in Hash256 contract, byte key, int length)
    {
        byte[] inner = new ProbeScript().Write(0x100, key).Call("seal2", "set_storage", 0x100, 1, Data, length).End();
        return contract == ProbeWorld.First ? inner : CallOf(contract, inner, 0).End();
    }
}
