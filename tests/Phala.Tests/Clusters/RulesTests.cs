using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Native;
using Phala.Clusters.Snapshots;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>How a cluster comes to newer rules and a newer system contract, and what programs do that do not have them.</summary>
public sealed class RulesTests
{
    private const uint UpgradeRuntime = 0x317f6bf3, UpgradeSystemContract = 0xaf69ca03, DoUpgrade = 0x667e0041, Version = 0x87c98a8d, CodeExists = 0x6fc58436;
    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly Hash256 NewerCode = ClusterWorld.Hash("a newer system contract");
    private static readonly byte[] Denied = [0, 1, 0], ConditionNotMet = [0, 1, 3];

    [Fact]
    public void A_program_without_the_rules_stops_at_the_next_entry_and_one_with_them_goes_on()
    {
        ClusterWorld older = new ClusterWorld().Begin(), newer = new ClusterWorld(codes: Newer()).Begin();
        Assert.Equal(older.State.Root, newer.State.Root);
        foreach (ClusterWorld world in (ClusterWorld[])[older, newer])
        {
            EntryResult result = Apply(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(1, 3));
            Assert.Null(result.Fault);
            Assert.Equal(LogKind.RulesChanged, Assert.Single(result.Log).Kind);
        }

        Assert.Equal(older.State.Root, newer.State.Root);
        ClusterState before = older.State;
        EntryResult stopped = older.Apply(ClusterWorld.Deposit(Alice, 1));
        Assert.Equal("UnknownRules: the cluster is executed by rules 1.3, the newest of this program are 1.2", stopped.Fault!.Description);
        Assert.Same(before, stopped.State);
        Assert.True(stopped.Report is null && stopped.Egress.Count == 0);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NotReady), older.View().Ask(ClusterWorld.System, new InkQueryData.InkMessage(Vec.Create<byte>(ClusterWorld.Call(Version)), 0, 0, false), Alice, ClusterWorld.Gas).Outcome);
        Assert.Null(newer.Apply(ClusterWorld.Deposit(Alice, 1)).Fault);

        // A newer program goes on from where the older one stopped.
        Assert.Equal(SnapshotError.None, ClusterSnapshot.TryRead(newer.Cluster, ClusterSnapshot.Write(older.Cluster, older.State), out ClusterState? state));
        ClusterWorld updated = new(codes: Newer()) { State = state!, Now = older.Now - ClusterWorld.EntryTime };
        updated.Apply(ClusterWorld.Deposit(Alice, 1));
        Assert.Equal(newer.State.Root, updated.State.Root);
    }

    [Fact]
    public void Rules_change_for_the_next_entry_and_not_before()
    {
        ClusterWorld world = new ClusterWorld(codes: Newer()).Begin();
        EntryResult result = world.Apply(
            ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(UpgradeRuntime, Encoded(1, 3))),
            ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(UpgradeSystemContract)),
            ClusterWorld.Instantiate(Alice, NewerCode, [], ClusterWorld.Call(0xed4b9d1b)));
        Assert.Equal([LogKind.RulesChanged, LogKind.CodeNotFound], result.Log.Select(record => record.Kind));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0], Ask(world, Alice, Version));
        Apply(world, ClusterWorld.Owner, UpgradeSystemContract);
        Assert.Equal([0, 1, 0, 1, 0, 0, 0], Ask(world, Alice, Version));
    }

    [Fact]
    public void The_owner_alone_upgrades_and_no_version_is_passed_over()
    {
        ClusterWorld world = new ClusterWorld(codes: Newer()).Begin();
        Assert.Equal(Denied, Ask(world, Alice, UpgradeRuntime, Encoded(1, 3)));
        Assert.Equal(Denied, Ask(world, Alice, UpgradeSystemContract));
        Assert.Equal(Denied, Ask(world, ClusterWorld.Owner, DoUpgrade, new byte[6]));
        Apply(world, ClusterWorld.Owner, 0x67612061, Alice.AsSpan().ToArray());
        Assert.Equal(Denied, Ask(world, Alice, UpgradeRuntime, Encoded(1, 3)));
        foreach ((uint major, uint minor) in ((uint, uint)[])[(1, 4), (1, 1), (1, 0), (0, 3), (2, 1), (3, 0), (uint.MaxValue, uint.MaxValue), (0, 0), (1, uint.MaxValue)])
        {
            Assert.Equal(ConditionNotMet, Ask(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(major, minor)));
        }

        foreach ((uint major, uint minor) in ((uint, uint)[])[(1, 2), (1, 3), (2, 0)]) Assert.Equal([0, 0], Ask(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(major, minor)));
        Hash256 before = world.State.Root;
        Apply(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(1, 2));
        Assert.Equal(before, world.State.Root);
    }

    [Fact]
    public void The_system_contract_is_the_newest_that_the_rules_have_and_keeps_what_it_knows()
    {
        ClusterWorld world = new ClusterWorld(codes: Newer()).Begin();
        Hash256 before = world.State.Root;
        Apply(world, ClusterWorld.Owner, UpgradeSystemContract);
        Assert.Equal(before, world.State.Root);
        Assert.Equal([0, 0], Ask(world, Alice, CodeExists, NewerCode.AsSpan().ToArray(), [0]));
        Apply(world, ClusterWorld.Owner, 0x67612061, Alice.AsSpan().ToArray());
        Apply(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(1, 3));
        Assert.Equal([0, 1], Ask(world, Alice, CodeExists, NewerCode.AsSpan().ToArray(), [0]));
        Assert.Equal([0, 1], Ask(world, Alice, CodeExists, NativeCode.SystemContract.AsSpan().ToArray(), [0]));
        Apply(world, Alice, UpgradeSystemContract);
        Assert.Equal([0, 1, 0, 0, 0, 0, 0], Ask(world, Alice, Version));
        Apply(world, ClusterWorld.Owner, UpgradeSystemContract);
        Assert.Equal([0, 1, .. NewerCode.AsSpan()], Ask(world, Alice, 0x916fdb44, ClusterWorld.System.AsSpan().ToArray()));
        Assert.Equal([0, .. ClusterWorld.Owner.AsSpan()], Ask(world, Alice, 0xfeaea4fa));
        Assert.Equal([0, 1], Ask(world, Alice, 0xf06f050a, Alice.AsSpan().ToArray()));
        Assert.Equal(ConditionNotMet, Ask(world, new AccountId(ClusterWorld.System.AsSpan()), DoUpgrade, [1, 0, 1, 0, 0, 0]));
        Assert.Equal([0, 0], Ask(world, new AccountId(ClusterWorld.System.AsSpan()), DoUpgrade, [1, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void A_system_contract_that_refuses_what_it_finds_does_not_come()
    {
        ClusterRules[] rules = [new(RulesVersion.First, NativeCode.SystemContract), new(new RulesVersion(1, 3), NewerCode)];
        ClusterWorld world = new ClusterWorld(codes: new ContractCodes(
            optimizes: false, rules, (NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()), (NewerCode, new SystemContract((0, 9, 0))))).Begin();
        Apply(world, ClusterWorld.Owner, UpgradeRuntime, Encoded(1, 3));
        Hash256 before = world.State.Root;
        Assert.Equal(ConditionNotMet, Ask(world, ClusterWorld.Owner, UpgradeSystemContract));
        Apply(world, ClusterWorld.Owner, UpgradeSystemContract);
        Assert.Equal(before, world.State.Root);
    }

    private static ContractCodes Newer() => new(
        optimizes: false,
        [new(RulesVersion.First, NativeCode.SystemContract), new(new RulesVersion(1, 3), NewerCode)],
        (NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()), (NewerCode, new SystemContract((1, 1, 0))));

    private static byte[] Encoded(uint major, uint minor) => [.. BitConverter.GetBytes(major), .. BitConverter.GetBytes(minor)];

    private static EntryResult Apply(ClusterWorld world, AccountId sender, uint selector, params byte[][] arguments) =>
        world.Apply(ClusterWorld.Plain(sender, ClusterWorld.System, ClusterWorld.Call(selector, arguments)));

    private static byte[] Ask(ClusterWorld world, AccountId caller, uint selector, params byte[][] arguments) => VaultTests.Ask(world, caller, ClusterWorld.System, ClusterWorld.Call(selector, arguments));
}
