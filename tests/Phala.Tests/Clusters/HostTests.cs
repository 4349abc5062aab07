using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>What contracts can do, and what happens when they do what they can't.</summary>
public sealed class HostTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));
    private static readonly Hash256 First = TestContract.Instance(0), Second = TestContract.Instance(1);

    public static TheoryData<string> Endings => [.. AllEndings().Keys];

    [Theory]
    [MemberData(nameof(Endings))]
    public void Every_ending_is_an_outcome(string name)
    {
        (OutcomeStatus status, byte[] call, byte[] output, bool changes) = AllEndings()[name];
        ClusterWorld world = TestContract.World();
        Hash256 before = Contents(world);
        Outcome outcome = Run(world, call);
        Assert.Equal((status, Convert.ToHexString(output)), (outcome.Status, Convert.ToHexString(outcome.Output.AsSpan())));
        Assert.Equal(changes, before != Contents(world));
    }

    [Fact]
    public void Every_status_occurs()
    {
        OutcomeStatus[] elsewhere = [OutcomeStatus.TransferFailed, OutcomeStatus.DepositFailed];
        Assert.Equal(Enum.GetValues<OutcomeStatus>().Except(elsewhere), AllEndings().Values.Select(item => item.Item1).Distinct().Order());
    }

    [Fact]
    public void What_a_called_contract_changes_is_undone_alone()
    {
        ClusterWorld world = TestContract.World();
        Outcome outcome = Run(world, [TestContract.CallAndKeep, .. Second.AsSpan(), TestContract.SetAndRevert, 5]);
        Assert.Equal<byte>([(byte)CallStatus.Reverted, 5], outcome.Output.ToArray());
        Assert.Equal((true, false), (Has(world, First, 9), Has(world, Second, 7)));
        outcome = Run(world, [TestContract.CallAndKeep, .. Second.AsSpan(), TestContract.Set, 3, 3]);
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.True(Has(world, Second, 3));
        outcome = Run(world, [TestContract.CallAndKeep, .. Second.AsSpan(), TestContract.SetAndTrap, 5]);
        Assert.Equal<byte>([(byte)CallStatus.Trapped], outcome.Output.ToArray());
        Assert.False(Has(world, Second, 7));
    }

    [Fact]
    public void Calls_inside_of_each_other_are_limited_and_none_calls_into_itself()
    {
        ClusterWorld world = TestContract.World();
        Assert.Equal<byte>([(byte)CallStatus.ReentranceDenied], Run(world, [TestContract.CallOther, .. First.AsSpan(), TestContract.Echo]).Output.ToArray());
        Assert.Equal<byte>([0, (byte)CallStatus.ReentranceDenied], Run(world, [TestContract.CallOther, .. Second.AsSpan(), TestContract.CallOther, .. First.AsSpan(), TestContract.Echo]).Output.ToArray());
        Assert.Equal<byte>([(byte)CallStatus.ContractNotFound], Run(world, [TestContract.CallOther, .. ClusterWorld.Genesis.AsSpan(), TestContract.Echo]).Output.ToArray());
        for (byte number = 2; number < 10; number++) world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, TestContract.Code, [number], [TestContract.Echo]));
        byte[] call = [TestContract.Echo, 77];
        for (byte number = 5; number > 0; number--) call = [TestContract.CallOther, .. TestContract.Instance(number).AsSpan(), .. call];
        Assert.Equal<byte>([0, 0, 0, 0, 0, 77], Run(world, call).Output.ToArray());
        byte[] deeper = [TestContract.CallOther, .. TestContract.Instance(9).AsSpan(), .. call];
        Assert.Equal<byte>([0, 0, 0, 0, 0, (byte)CallStatus.TooDeep], Run(world, deeper).Output.ToArray());
    }

    [Fact]
    public void Gas_that_a_called_contract_burns_is_gone_for_the_caller_too()
    {
        ClusterWorld world = TestContract.World();
        Outcome outcome = Run(world, [TestContract.CallAndKeep, .. Second.AsSpan(), TestContract.Burn]);
        Assert.Equal((OutcomeStatus.OutOfGas, ClusterWorld.Gas, 0), (outcome.Status, outcome.Gas, outcome.Output.Length));
        Assert.False(Has(world, First, 9));
    }

    [Fact]
    public void A_contract_sees_the_entry_and_nothing_else()
    {
        ClusterWorld world = TestContract.World();
        ulong now = world.Now;
        byte[] seen = Run(world, [TestContract.Context], transfer: 3).Output.ToArray();
        Assert.Equal((byte)ExecutionMode.Command, seen[0]);
        Assert.Equal(ClusterWorld.Owner.AsSpan().ToArray(), seen[1..33]);
        Assert.Equal(((uint)(now / ClusterWorld.EntryTime % 1_000_000), now, (byte)3), (BitConverter.ToUInt32(seen, 33), BitConverter.ToUInt64(seen, 37), seen[45]));
        byte[] asked = VaultTests.Ask(world, Alice, First, [TestContract.Context]);
        Assert.Equal((byte)ExecutionMode.Query, asked[0]);
        Assert.Equal(now, BitConverter.ToUInt64(asked, 37));
    }

    [Fact]
    public void Events_of_calls_that_stay_come_out_in_order()
    {
        ClusterWorld world = TestContract.World();
        EntryResult result = world.Apply(
            Command(world, [TestContract.Emit, 1]), Command(world, [TestContract.SetAndRevert, 2]), Command(world, [TestContract.CallOther, .. Second.AsSpan(), TestContract.SetAndRevert, 3]),
            Command(world, [TestContract.CallOther, .. Second.AsSpan(), TestContract.Emit, 4]));
        Assert.Equal([(First, 1), (Second, 4)], result.Events.Select(item => (item.Contract, (int)item.Data[0])));
        Assert.All(result.Events, item => Assert.Equal(4, item.Topics.Length));
    }

    [Fact]
    public void Tokens_go_where_a_contract_sends_them_and_no_further()
    {
        ClusterWorld world = TestContract.World();
        Assert.Equal(OutcomeStatus.TransferFailed, Run(world, [TestContract.Echo], sender: Alice, transfer: 1).Status);
        world.Apply(ClusterWorld.Deposit(Alice, 100));
        Assert.Equal<byte>([1], Run(world, [TestContract.Pay, .. ClusterWorld.Owner.AsSpan(), 30], sender: Alice, transfer: 50).Output.ToArray());
        Assert.Equal<byte>([0], Run(world, [TestContract.Pay, .. ClusterWorld.Owner.AsSpan(), 21], sender: Alice).Output.ToArray());
        Assert.Equal((50, 20), (Balance(world, Alice), Balance(world, new AccountId(First.AsSpan()))));
        Run(world, [TestContract.Pay, .. First.AsSpan(), 20], sender: Alice);
        Assert.Equal((50, 20), (Balance(world, Alice), Balance(world, new AccountId(First.AsSpan()))));
        Run(world, [TestContract.SetAndRevert], sender: Alice, transfer: 50);
        Assert.Equal(50, Balance(world, Alice));
    }

    [Fact]
    public void A_fault_of_the_program_stops_before_the_entry_and_gives_no_receipt()
    {
        ClusterWorld world = TestContract.World();
        ClusterState before = world.State;
        EntryResult result = world.Apply(Command(world, [TestContract.Set, 1, 1]), Command(world, [TestContract.Fault]), Command(world, [TestContract.Set, 2, 2]));
        Assert.NotNull(result.Fault);
        Assert.Equal((1u, before.Position.Count + 1), (result.Fault.Index, result.Fault.Position.Count));
        Assert.Contains(nameof(InvalidOperationException), result.Fault.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Fault.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs", result.Fault.Description, StringComparison.Ordinal);
        Assert.Same(before, result.State);
        Assert.True(result.Report is null && result.Egress.Count == 0 && result.Events.Count == 0 && result.Log.Count == 0);

        // The same entry gives the same again: it is not skipped.
        Assert.NotNull(world.Apply(Command(world, [TestContract.Fault])).Fault);
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.Set, 1, 1]).Status);
        QueryRun(world, [TestContract.Fault], QueryRefusal.InternalFault);
    }

    [Fact]
    public void Storage_is_paid_for_and_given_back()
    {
        ClusterWorld world = TestContract.World(perItem: 100, perByte: 1);
        world.Apply(ClusterWorld.Deposit(Alice, 1000));
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.Set, 1, .. new byte[9]], sender: Alice).Status);
        Assert.Equal(890, Balance(world, Alice));
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.Set, 1, .. new byte[4]], sender: Alice).Status);
        Assert.Equal(895, Balance(world, Alice));
        Assert.Equal(OutcomeStatus.DepositFailed, Run(world, [TestContract.Set, 2, .. new byte[800]], sender: Alice).Status);
        Assert.Equal((895, false), (Balance(world, Alice), Has(world, First, 2)));
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.Set, 2, .. new byte[794]], sender: Alice).Status);
        Assert.Equal(0, Balance(world, Alice));
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.RemoveKey, 2], sender: Alice).Status);
        Assert.Equal(OutcomeStatus.Succeeded, Run(world, [TestContract.RemoveKey, 1], sender: Alice).Status);
        Assert.Equal(1000, Balance(world, Alice));
    }

    [Theory]
    [InlineData(109ul, false)]
    [InlineData(110ul, true)]
    public void No_more_is_locked_than_the_sender_allows(ulong limit, bool isKept)
    {
        ClusterWorld world = TestContract.World(perItem: 100, perByte: 1);
        world.Apply(ClusterWorld.Deposit(Alice, 1000));
        world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.Set, 1, .. new byte[9]], depositLimit: new(limit)));
        Assert.Equal(isKept, Has(world, First, 1));
    }

    [Fact]
    public void Gas_is_paid_to_the_treasury_whatever_comes_of_it()
    {
        ClusterWorld world = TestContract.World(gasPrice: 3);
        AccountId treasury = world.Setup.TreasuryAccount;
        UInt128 treasuryBefore = BalanceOf(treasury);
        world.Apply(ClusterWorld.Deposit(Alice, 3 * (UInt128)ClusterWorld.Gas));
        Outcome trapped = Run(world, [TestContract.Trap], sender: Alice);
        Assert.Equal(OutcomeStatus.Trapped, trapped.Status);
        Assert.Equal((3 * (UInt128)(ClusterWorld.Gas - trapped.Gas), 3 * (UInt128)trapped.Gas), (BalanceOf(Alice), BalanceOf(treasury) - treasuryBefore));
        Assert.True(trapped.Gas is > 0 and < ClusterWorld.Gas);

        UInt128 BalanceOf(AccountId account) => new ClusterStorage(world.State.Content).BalanceOf(account);
    }

    [Fact]
    public void Outcomes_that_a_receipt_cannot_carry_are_given_to_the_sender_who_asks()
    {
        ClusterWorld world = TestContract.World();
        Receipt receipt = world.Apply(Command(world, [TestContract.MiddleOutput])).Report!.Receipts[0];
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened));
        SealedOutcome.WithoutOutput without = Assert.IsType<SealedOutcome.WithoutOutput>(opened);
        Assert.Equal(5000u, without.OutputLength);
        InkQueryData.CommandOutput query = new(receipt.Id);
        QueryOutcome answer = world.View().Ask(First, query, ClusterWorld.Owner, 0).Outcome;
        OpenedOutcome outcome = Scale.Decode<OpenedOutcome>(Assert.IsType<QueryOutcome.Returned>(answer).Data.AsSpan()).Value!;
        Assert.Equal((receipt.Commitment, without.Blinder), (outcome.Outcome.Commitment(outcome.Blinder), outcome.Blinder));
        foreach (AccountId? other in (AccountId?[])[null, Alice])
        {
            Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoSuchOutput), world.View().Ask(First, query, other, 0).Outcome);
        }

        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoSuchOutput), world.View().Ask(First, new InkQueryData.CommandOutput(receipt.Id with { Index = 1 }), ClusterWorld.Owner, 0).Outcome);
    }

    [Fact]
    public void A_report_has_a_bounded_number_of_sealed_bytes()
    {
        ClusterWorld world = TestContract.World();
        byte[] call = [TestContract.Echo, .. new byte[4000]];
        EntryResult result = world.Apply([.. Enumerable.Range(0, 300).Select(_ => Command(world, call))]);
        int[] lengths = [.. result.Report!.Receipts.ToArray().Select(receipt => receipt.Sealed.Length)];
        Assert.InRange(lengths.Sum(), 1_000_000, 1024 * 1024);
        Assert.True(lengths[0] > 4000 && lengths[^1] == 0);
        InkQueryData.CommandOutput query = new(result.Report.Receipts[299].Id);
        Assert.IsType<QueryOutcome.Returned>(world.View().Ask(First, query, ClusterWorld.Owner, 0).Outcome);
    }

    private static Dictionary<string, (OutcomeStatus, byte[] Call, byte[] Output, bool Changes)> AllEndings() => new()
    {
        ["returns"] = (OutcomeStatus.Succeeded, [TestContract.Echo, 1, 2], [1, 2], false),
        ["writes"] = (OutcomeStatus.Succeeded, [TestContract.Set, 1, 2], [], true),
        ["reverts"] = (OutcomeStatus.Reverted, [TestContract.SetAndRevert, 5], [5], false),
        ["reverts on an empty message"] = (OutcomeStatus.Reverted, [], [], false),
        ["traps"] = (OutcomeStatus.Trapped, [TestContract.Trap], [], false),
        ["traps and returns"] = (OutcomeStatus.Trapped, [TestContract.SetAndTrap, 5], [], false),
        ["burns"] = (OutcomeStatus.OutOfGas, [TestContract.Burn], [], false),
        ["goes on without gas"] = (OutcomeStatus.OutOfGas, [TestContract.IgnoreStop], [], false),
        ["returns too much"] = (OutcomeStatus.OutputTooLong, [TestContract.LongOutput], [], false),
        ["takes too long a key"] = (OutcomeStatus.Trapped, [TestContract.LongKey], [], false),
        ["takes too long a value"] = (OutcomeStatus.Trapped, [TestContract.LongValue], [], false),
        ["emits too many topics"] = (OutcomeStatus.Trapped, [TestContract.ManyTopics], [], false),
    };

    private static Message Command(ClusterWorld world, byte[] call, AccountId? sender = null, ulong transfer = 0) =>
        world.Sealed(sender ?? ClusterWorld.Owner, First, call, Reply, gas: call.Length > 0 && call[0] == TestContract.LongValue ? 10 * ClusterWorld.Gas : ClusterWorld.Gas, transfer: transfer);

    private static Outcome Run(ClusterWorld world, byte[] call, AccountId? sender = null, ulong transfer = 0)
    {
        EntryResult result = world.Apply(Command(world, call, sender, transfer));
        Receipt receipt = Assert.Single(result.Report!.Receipts.ToArray());
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened));
        Outcome outcome = Assert.IsType<SealedOutcome.Whole>(opened).Outcome;
        Assert.True(1ul << receipt.GasBucket >= outcome.Gas && 1ul << (receipt.GasBucket - 1) < outcome.Gas);
        return outcome;
    }

    private static void QueryRun(ClusterWorld world, byte[] call, QueryRefusal refusal) => Assert.Equal(
        new QueryOutcome.Refused(refusal), world.View().Query(First, new InkQueryData.InkMessage(Vec.Create<byte>(call), 0, 0, false), Alice, ulong.MaxValue).Outcome);

    private static bool Has(ClusterWorld world, Hash256 contract, byte key) => new ClusterStorage(world.State.Content).TryGetStored(contract, [key], out _);

    private static int Balance(ClusterWorld world, AccountId account) => (int)new ClusterStorage(world.State.Content).BalanceOf(account);

    /// <summary>The root of all that contracts store.</summary>
    private static Hash256 Contents(ClusterWorld world)
    {
        TrieCursor cursor = new(world.State.Content.Main);
        List<TrieEntry> entries = [];
        while (cursor.MoveNext())
        {
            if (cursor.Key[0] is StateKeys.StorageMark or StateKeys.UsageMark) entries.Add(new TrieEntry(cursor.Key.ToArray(), cursor.Value));
        }

        return TrieRoot.Compute([.. entries], StateVersion.V1);
    }
}
