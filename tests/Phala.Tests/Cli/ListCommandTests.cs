using System.Text.Json;
using Phala.Cli.Dev;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala worker</c> and <c>phala cluster</c>, as a user types them.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class ListCommandTests(CliNetwork network)
{
    [Fact]
    public async Task Workers_are_listed_with_attestation_session_cluster_and_endpoint()
    {
        JsonElement worker = Assert.Single((await network.RunAsync("worker", "list", "--json")).Ended(0).Json.EnumerateArray());
        Assert.Equal($"{network.Dev.Workers[0]}", worker.GetProperty("worker").GetString());
        Assert.Equal(("none (development)", $"{DevVault.Cluster}"), (worker.GetProperty("attestation").GetString(), worker.GetProperty("cluster").GetString()));
        Assert.StartsWith($"{network.Dev.Ports.PublicWorker(0)}".TrimEnd('/'), worker.GetProperty("endpoint").GetString(), StringComparison.Ordinal);
        string table = (await network.RunAsync("worker", "list")).Ended(0).Output;
        Assert.All((string[])["worker", "lease end", "attestation"], column => Assert.Contains(column, table, StringComparison.Ordinal));
        Assert.Contains(table.Split('\n'), line => line.Contains($"{network.Dev.Workers[0]}", StringComparison.Ordinal) && line.Contains($"{DevVault.Cluster}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clusters_and_contracts_are_listed()
    {
        JsonElement cluster = Assert.Single((await network.RunAsync("cluster", "list", "--json")).Ended(0).Json.EnumerateArray());
        Assert.Equal(($"{DevVault.Cluster}", CliNetwork.AddressOf("Alice"), "1", "0"), (
            cluster.GetProperty("cluster").GetString(), cluster.GetProperty("owner").GetString(), cluster.GetProperty("workers").GetString(), cluster.GetProperty("epoch").GetString()));
        Assert.Contains((await network.RunAsync("cluster", "contracts", "--json")).Ended(0).Json.EnumerateArray(), contract => contract.GetProperty("contract").GetString() == $"{DevVault.Id}");
        Assert.Contains("anchored count", (await network.RunAsync("cluster", "list")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("worker", "list")]
    [InlineData("cluster", "list")]
    [InlineData("cluster", "contracts")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(params string[] command)
    {
        (await CliRun.OfAsync([.. command, "--node", "ws://127.0.0.1:1"])).Failed("'phala dev' starts a network of its own");
        (await CliRun.OfAsync([.. command, "--node", "http://127.0.0.1:9944"])).Failed("is no address");
        (await CliRun.OfAsync([.. command, "--node"])).Failed("--node");
    }
}
