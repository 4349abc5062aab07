using System.Text;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters.Logs;

/// <summary>A cluster with a worker's log. Contract 0 was made by the owner, contract 2 by Dave.</summary>
internal sealed class LogWorld
{
    public LogWorld(ulong gasPrice = 0, ulong perItem = 0)
    {
        World = TestContract.World(gasPrice, perItem);
        Host = TestHost.Nothing with { Log = Log };
        Apply(ClusterWorld.Instantiate(Dave, TestContract.Code, [2], [TestContract.Echo]));
        Log.Clear();
    }

    public static AccountId Alice { get; } = ClusterWorld.Account("alice");

    public static AccountId Bob { get; } = ClusterWorld.Account("bob");

    public static AccountId Dave { get; } = ClusterWorld.Account("dave");

    public static Hash256 Owners { get; } = TestContract.Instance(0);

    public static Hash256 Daves { get; } = Phala.Runtime.Interface.Clusters.ContractId.Of(Dave, TestContract.Code, ClusterWorld.Id, [2]);

    public ClusterWorld World { get; }

    public LogRing Log { get; } = new();

    public QueryHost Host { get; }

    public static byte[] WriteLine(string line, byte level = 3) => [TestContract.Write, level, .. ClusterWorld.Text(line)];

    public EntryResult Apply(params Message[] messages)
    {
        EntryResult result = World.Apply(messages);
        Assert.Null(result.Fault);
        Log.Add(result.Journal, isOfQuery: false);
        return result;
    }

    public void Run(AccountId sender, Hash256 contract, params byte[] call) => Apply(ClusterWorld.Plain(sender, contract, call));

    public void Query(AccountId caller, Hash256 contract, byte[] call, bool isEstimate = false) =>
        Assert.IsType<QueryOutcome.Returned>(World.View(Host).Query(contract, new InkQueryData.InkMessage(Vec.Create<byte>(call), 0, 0, isEstimate), caller, ClusterWorld.Gas).Outcome);

    /// <summary>What the log answers to a request.</summary>
    public string Ask(AccountId? caller, string request) => Ask(caller, Encoding.UTF8.GetBytes(request));

    /// <inheritdoc cref="Ask(AccountId?, string)"/>
    public string Ask(AccountId? caller, byte[] request)
    {
        QueryOutcome outcome = World.View(Host).Query(ClusterWorld.System, new InkQueryData.SidevmQuery(Vec.Create<byte>(request)), caller, 0).Outcome;
        return Encoding.UTF8.GetString(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan());
    }

    /// <summary>The records that an account is told.</summary>
    public JsonObject[] Read(AccountId? caller, string more = "") =>
        [.. JsonNode.Parse(Ask(caller, "{\"action\":\"GetLog\"" + more + "}"))!["records"]!.AsArray().Select(record => record!.AsObject())];

    /// <summary>Their types, and the messages of lines.</summary>
    public string[] Told(AccountId? caller, string more = "") => [.. Read(caller, more).Select(record => record["message"]?.GetValue<string>() ?? record["type"]!.GetValue<string>())];
}
