using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Pink;
using Phala.Clusters.Queries;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>What contracts tell their host by events, and who may tell it what.</summary>
public sealed class EventEffectTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), FirstAccount = new(TestContract.Instance(0).AsSpan());
    private static readonly Hash256 First = TestContract.Instance(0);
    private static readonly byte[] FirstBytes = First.AsSpan().ToArray();
    private readonly ClusterWorld _world = TestContract.World();

    /// <summary>Each kind that the system contract alone may emit, as it would be if it did.</summary>
    public static TheoryData<byte, string> Privileged => new()
    {
        { 2, Text(new PinkEvent.SetHook(HookPoint.OnBlockEnd, FirstAccount, 0x14010000, 1_000_000_000)) },
        { 3, "03" + Zeros(64) },
        { 7, "07" + Zeros(32) },
        { 8, Text(new PinkEvent.SetLogHandler(FirstAccount)) },
        { 9, Text(new PinkEvent.SetContractWeight(FirstAccount, 7)) },
        { 10, Text(new PinkEvent.UpgradeRuntimeTo(new RulesVersion(1, 3))) },
        { 11, "0B01" + Zeros(36) },
        { 12, "0C" + Zeros(32) },
        { 2, "02FF" },
        { 9, "09" },
    };

    [Theory]
    [MemberData(nameof(Privileged))]
    public void What_the_system_contract_alone_may_say_has_no_effect_from_others(byte kind, string told)
    {
        byte[] bytes = Convert.FromHexString(told);
        Assert.Equal(kind, bytes[0]);
        Hash256 before = _world.State.Root;
        EntryResult result = _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, First, [TestContract.Tell, .. bytes]));
        Assert.Equal(new LogRecord(0, LogKind.EffectRefused, First), Assert.Single(result.Log));
        Assert.IsType<ReceiptStatus.Executed>(Assert.Single(result.Report!.Receipts.ToArray()).Status);
        Assert.Equal(before, _world.State.Root);
    }

    [Theory]
    [InlineData("04" + "08AABB", LogKind.EffectUnsupported)]
    [InlineData("06", LogKind.EffectUnsupported)]
    [InlineData("", LogKind.EffectMalformed)]
    [InlineData("00", LogKind.EffectMalformed)]
    [InlineData("01", LogKind.EffectMalformed)]
    [InlineData("05", LogKind.EffectMalformed)]
    [InlineData("0503", LogKind.EffectMalformed)]
    [InlineData("05020400FF", LogKind.EffectMalformed)]
    [InlineData("0D", LogKind.EffectMalformed)]
    [InlineData("FF", LogKind.EffectMalformed)]
    public void What_there_is_not_is_noted_and_nothing_else(string told, LogKind kind)
    {
        Hash256 before = _world.State.Root;
        EntryResult result = _world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.Tell, .. Convert.FromHexString(told)]));
        Assert.Equal(new LogRecord(0, kind, First), Assert.Single(result.Log));
        Assert.Equal(before, _world.State.Root);
    }

    [Fact]
    public void Any_bytes_are_told_without_harm()
    {
        Random random = new(11);
        HashSet<LogKind> noted = [];
        for (int round = 0; round < 300; round++)
        {
            byte[] told = new byte[random.Next(80)];
            random.NextBytes(told);
            if (told.Length > 0) told[0] = (byte)random.Next(16);
            EntryResult result = _world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.Tell, .. told]));
            Assert.Null(result.Fault);
            noted.UnionWith(result.Log.Select(record => record.Kind));
        }

        Assert.Equal([LogKind.EffectRefused, LogKind.EffectUnsupported, LogKind.EffectMalformed], noted.Order());
    }

    [Fact]
    public void What_a_command_told_that_was_undone_has_no_effect()
    {
        byte[] told = Scale.Encode<PinkEvent>(new PinkEvent.CacheOp(new CacheOperation.Remove([1])));
        Assert.Single(_world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.Tell, .. told])).Events);
        Assert.Empty(_world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.TellAndRevert, .. told])).Events);
        EntryResult result = _world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.TellAndRevert, 4, 0]));
        Assert.True(result.Events.Count == 0 && result.Log.Count == 0);
    }

    [Fact]
    public void Weights_and_the_log_are_what_administrators_say()
    {
        Assert.Equal(ClusterWorld.System, Storage.LogHandler);
        EntryResult result = Apply(ClusterWorld.Owner, 0x45ec9b18, FirstBytes, [7, 0, 0, 0]);
        Assert.Equal(new LogRecord(0, LogKind.WeightSet, First), Assert.Single(result.Log));
        Assert.Equal(7u, _world.View().WeightOf(First));
        Apply(Alice, 0x45ec9b18, FirstBytes, [9, 0, 0, 0]);
        Assert.Equal(7u, _world.View().WeightOf(First));
        result = Apply(ClusterWorld.Owner, 0xaa1e2030, ClusterWorld.Text("PinkLogger"), FirstBytes);
        Assert.Equal(new LogRecord(0, LogKind.LogHandlerSet, First), Assert.Single(result.Log));
        Assert.Equal(First, Storage.LogHandler);
        Apply(ClusterWorld.Owner, 0xaa1e2030, ClusterWorld.Text("AnotherDriver"), ClusterWorld.Vault.AsSpan().ToArray());
        Assert.Equal(First, Storage.LogHandler);
    }

    [Fact]
    public void Of_what_queries_tell_the_cache_alone_hears()
    {
        List<string> heard = [];
        QueryHost host = TestHost.Nothing with
        {
            Remember = (contract, weight, key, value) =>
            {
                heard.Add($"{contract == First} {weight} {key[0]}={value[0]}");
                return true;
            },
            SetExpiration = (contract, key, seconds) => heard.Add($"{contract == First} {key[0]} {seconds}"),
            Forget = (contract, key) =>
            {
                heard.Add($"{contract == First} -{key[0]}");
                return null;
            },
        };
        byte[][] told =
        [
            Scale.Encode<PinkEvent>(new PinkEvent.CacheOp(new CacheOperation.Set([1], [2]))),
            Scale.Encode<PinkEvent>(new PinkEvent.CacheOp(new CacheOperation.SetExpiration([3], 4))),
            Scale.Encode<PinkEvent>(new PinkEvent.CacheOp(new CacheOperation.Remove([5]))),
            Scale.Encode<PinkEvent>(new PinkEvent.SetContractWeight(FirstAccount, 7)),
            [6],
        ];
        foreach (byte[] each in told)
        {
            Query(host, [TestContract.Tell, .. each]);
            Query(host, [TestContract.Tell, .. each], isEstimate: true);
            Query(host, [TestContract.TellAndRevert, .. each]);
        }

        Assert.Equal(["True 1 1=2", "True 3 4", "True -5"], heard);
    }

    private static string Text(PinkEvent told) => Convert.ToHexString(Scale.Encode(told));

    private static string Zeros(int count) => new('0', 2 * count);

    private ClusterStorage Storage => new(_world.State.Content);

    private void Query(QueryHost host, byte[] call, bool isEstimate = false)
    {
        QueryRun run = _world.View(host).Query(First, new InkQueryData.InkMessage(Vec.Create<byte>(call), 0, 0, isEstimate), Alice, ClusterWorld.Gas);
        Assert.IsType<QueryOutcome.Returned>(run.Outcome);
    }

    private EntryResult Apply(AccountId sender, uint selector, params byte[][] arguments) => _world.Apply(ClusterWorld.Plain(sender, ClusterWorld.System, ClusterWorld.Call(selector, arguments)));
}
