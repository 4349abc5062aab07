using Phala.Chain;
using Phala.Testing.Chain.Clusters;
using Xunit;

namespace Phala.Tests.Clusters.Logs;

/// <summary>Who reads what of a cluster's log.</summary>
public sealed class LogReaderTests
{
    private static readonly AccountId Admin = ClusterWorld.Account("admin");
    private readonly LogWorld _world = new();

    /// <summary>A line, an event and an output of a command of Alice; a line and a question of Bob, and how his estimate failed. The contract is Dave's.</summary>
    public LogReaderTests()
    {
        _world.Run(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0x67612061, Admin.AsSpan().ToArray()));
        _world.Log.Clear();
        _world.Run(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("line"));
        _world.Run(LogWorld.Alice, LogWorld.Daves, TestContract.EmitOne, 1);
        _world.Run(LogWorld.Alice, LogWorld.Daves, TestContract.Trap);
        _world.Query(LogWorld.Bob, LogWorld.Daves, LogWorld.WriteLine("asked"));
        _world.Query(LogWorld.Bob, LogWorld.Daves, [TestContract.SetAndRevert, 1], isEstimate: true);
    }

    [Fact]
    public void Each_reads_what_is_theirs()
    {
        const string failed = "contract call failed: Module 4, error 11", reverted = "contract call reverted";
        string[] all = ["line", "Event", failed, "QueryIn", "asked", "QueryIn", reverted];
        Assert.Equal(all, _world.Told(ClusterWorld.Owner));
        Assert.Equal(all, _world.Told(Admin));
        Assert.Equal(all.Where(told => told != "QueryIn"), _world.Told(LogWorld.Dave));
        Assert.Equal(["MessageOutput", "MessageOutput", failed, "MessageOutput"], _world.Told(LogWorld.Alice));
        Assert.Equal([reverted], _world.Told(LogWorld.Bob));
        Assert.Empty(_world.Told(ClusterWorld.Account("eve")));
        Assert.Empty(_world.Told(null));
        Assert.Empty(_world.Told(default(AccountId)));
    }

    [Fact]
    public void A_contract_opens_its_log_itself_and_nobody_does_for_it()
    {
        byte[] open = ClusterWorld.Call("open_log", [1]), close = ClusterWorld.Call("open_log", [0]);
        foreach (AccountId other in (AccountId[])[LogWorld.Dave, ClusterWorld.Owner, Admin]) _world.Run(other, ClusterWorld.System, open);
        _world.Run(LogWorld.Dave, LogWorld.Owners, [TestContract.CallOther, .. ClusterWorld.System.AsSpan(), .. open]);
        string daves = $",\"contract\":\"{Phala.Codec.Hex.Format(LogWorld.Daves.AsSpan())}\"";
        Assert.Equal(["MessageOutput"], _world.Told(null));
        Assert.Empty(_world.Told(null, daves));
        _world.Run(LogWorld.Bob, LogWorld.Daves, [TestContract.CallOther, .. ClusterWorld.System.AsSpan(), .. open]);
        string[] told = _world.Told(null, daves);
        Assert.Equal(["line", "MessageOutput", "Event", "MessageOutput", "contract call failed: Module 4, error 11", "MessageOutput", "asked", "contract call reverted", "MessageOutput"], told);
        Assert.All(_world.Read(null, daves), record => Assert.Equal(Phala.Codec.Hex.Format(LogWorld.Daves.AsSpan()), record["contract"]!.GetValue<string>()));
        _world.Run(LogWorld.Bob, LogWorld.Daves, [TestContract.CallOther, .. ClusterWorld.System.AsSpan(), .. close]);
        Assert.Empty(_world.Told(null, daves));
    }

    [Fact]
    public void What_is_hidden_does_not_count_and_figures_say_no_more_than_how_much_there_is()
    {
        Assert.Equal(["MessageOutput"], _world.Told(LogWorld.Alice, ",\"count\":1"));
        Assert.Contains($"\"next\":{_world.Log.Figures.Next}", _world.Ask(null, "{\"action\":\"GetLog\"}"), StringComparison.Ordinal);
        Assert.Contains($"\"nextSequence\":{_world.Log.Figures.Next}", _world.Ask(null, "{\"action\":\"GetInfo\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_other_contracts_that_were_called_stay_theirs()
    {
        _world.Log.Clear();
        _world.Run(LogWorld.Alice, LogWorld.Daves, [TestContract.CallOther, .. LogWorld.Owners.AsSpan(), .. LogWorld.WriteLine("the owner's")]);
        Assert.Empty(_world.Told(LogWorld.Dave));
        Assert.Equal(["the owner's"], _world.Told(ClusterWorld.Owner));
        Assert.Equal(["the owner's"], _world.Told(ClusterWorld.Owner, $",\"contract\":\"{Phala.Codec.Hex.Format(LogWorld.Daves.AsSpan())}\""));
    }

    [Fact]
    public void Who_asks_stands_there_as_a_number_that_is_always_the_same()
    {
        _world.Log.Clear();
        foreach (AccountId asks in (AccountId[])[LogWorld.Alice, LogWorld.Bob, LogWorld.Alice]) _world.Query(asks, LogWorld.Daves, [TestContract.Echo]);
        string[] users = [.. _world.Read(ClusterWorld.Owner).Select(record => record["user"]!.GetValue<string>())];
        Assert.Equal((3, 2, users[0]), (users.Length, users.Distinct().Count(), users[2]));
        Assert.All(users, user => Assert.Equal(18, user.Length));
        Span<byte> unsalted = stackalloc byte[8];
        Phala.Crypto.Hashing.Twox.Hash64(LogWorld.Alice.AsSpan(), unsalted);
        Assert.NotEqual(Phala.Codec.Hex.Format(unsalted), users[0]);
    }
}
