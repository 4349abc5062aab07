using System.Text.Json.Nodes;
using Phala.Node.ChainSpecs;
using Phala.Node.Host;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Runtime;
using Phala.Runtime.Interface;
using Phala.Tests.Node.Storage;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>What a chain keeps from its first start, and what is refused.</summary>
public sealed class ChainStartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ChainOpening _opening = new(new PhalaRuntime().LightCode);

    private string Kept => Path.Combine(_directory.Path, "chains", "dev", "chain-spec.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ASlotDurationNeedNotBeToldTwice()
    {
        DevChain.Make(_directory.Path, 2, milliseconds: 500);
        Assert.True(_opening.TryReadSpec(Options(null), out ChainSpec? spec, out string? problem), problem);
        Assert.Equal(500ul, Aura.SlotDuration.Get(spec.Genesis.Main));
        Assert.True(_opening.TryReadSpec(Options(500), out _, out problem), problem);
        Assert.True(ChainOpening.TryOpenStore(Options(null), spec, out ChainStore? store, out problem), problem);
        store.Dispose();
    }

    [Fact]
    public void AnotherSlotDurationIsRefusedInWords()
    {
        DevChain.Make(_directory.Path, 1, milliseconds: 500);
        Assert.False(_opening.TryReadSpec(Options(600), out _, out string? problem));
        Assert.Contains("has slots of 500 ms, and 600 ms are asked for", problem, StringComparison.Ordinal);
        Assert.Contains("purge-chain --chain dev", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void DataWithoutAKeptSpecificationIsRefusedInTheSameWords()
    {
        DevChain.Make(_directory.Path, 1, milliseconds: 500);
        File.Delete(Kept);
        Assert.True(_opening.TryReadSpec(Options(null), out ChainSpec? spec, out string? problem), problem);
        Assert.False(ChainOpening.TryOpenStore(Options(null), spec, out _, out problem));
        Assert.Contains("has slots of 500 ms, and 1000 ms are asked for", problem, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
        Assert.True(_opening.TryReadSpec(Options(500), out spec, out problem), problem);
        Assert.True(ChainOpening.TryOpenStore(Options(500), spec, out ChainStore? store, out problem), problem);
        store.Dispose();
        Assert.True(File.Exists(Kept));
    }

    [Fact]
    public void ADamagedKeptSpecificationIsNamedAndPurged()
    {
        DevChain.Make(_directory.Path, 1);
        File.WriteAllText(Kept, "{");
        Assert.False(_opening.TryReadSpec(Options(null), out _, out string? problem));
        Assert.Contains($"{Kept}: chain specification: line 1: is no JSON", problem, StringComparison.Ordinal);
        Assert.Contains("purge-chain", problem, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Run("purge-chain", "-d", _directory.Path, "-y").Code);
        Assert.False(File.Exists(Kept));
        Assert.True(_opening.TryReadSpec(Options(700), out _, out problem), problem);
    }

    [Fact]
    public void PurgingAsksAndKeepsTheKeys()
    {
        DevChain.Make(_directory.Path, 1);
        CommandRun.Run("key", "insert", "-d", _directory.Path, "--key-type", "aura", "--suri", "//Alice");
        string database = Path.Combine(_directory.Path, "chains", "dev", "db");
        foreach ((string answer, bool isRemoved) in ((string, bool)[])[("n", false), ("", false), ("yes", true)])
        {
            (int code, string output, _) = CommandRun.Run(new StringReader(answer), "purge-chain", "-d", _directory.Path);
            Assert.StartsWith($"Remove {database}? [y/N] ", output, StringComparison.Ordinal);
            Assert.Equal((isRemoved ? 0 : 1, !isRemoved), (code, Directory.Exists(database)));
        }

        Assert.Single(Directory.GetFiles(Path.Combine(_directory.Path, "chains", "dev", "keystore")));
        Assert.Contains("There is nothing at", CommandRun.Run("purge-chain", "-d", _directory.Path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AChainInUseIsNotPurged()
    {
        DevChain.Make(_directory.Path, 1);
        using ChainStore store = DevChain.Open(_directory.Path);
        Assert.Contains("is in use", CommandRun.Run("purge-chain", "-d", _directory.Path, "-y").Error, StringComparison.Ordinal);
        Assert.Equal(1u, store.Best.Number);
    }

    [Fact]
    public void TheRawSpecificationBeginsTheSameChain()
    {
        string file = Path.Combine(_directory.Path, "raw.json");
        File.WriteAllText(file, CommandRun.Run("build-spec", "--raw").Output);
        Assert.True(_opening.TryReadSpec(Options(null) with { Chain = file }, out ChainSpec? raw, out string? problem), problem);
        Assert.True(_opening.TryReadSpec(Options(null), out ChainSpec? builtIn, out problem), problem);
        Assert.Equal(builtIn.GenesisHeader.Hash(), raw.GenesisHeader.Hash());
    }

    [Theory]
    [InlineData("id", "\"../elsewhere\"", "id: is not made of letters")]
    [InlineData("id", "\"\"", "id: is not made of letters")]
    [InlineData("id", "7", "id: is no text")]
    [InlineData("name", "\"\\ud800\"", "is no Unicode")]
    [InlineData("genesis", "{}", "genesis: holds neither raw nor runtimeGenesis")]
    [InlineData("genesis", "{\"raw\":{\"top\":{}}}", "is not the state of a chain that this program runs")]
    [InlineData("genesis", "{\"raw\":{\"top\":{\"0x1\":\"0x\"}}}", "is no hexadecimal key and value")]
    [InlineData("genesis", "{\"raw\":{\"top\":{\"0x01\":7}}}", "is no hexadecimal key and value")]
    [InlineData("genesis", "{\"runtimeGenesis\":{\"specVersion\":1001,\"slotDuration\":18446744073709551615,\"sessionLength\":1,\"validators\":[],\"balances\":[]}}", "gives no state: BadSlotDuration")]
    [InlineData("bootNodes", "[1]", "bootNodes: is no list of texts")]
    public void ABadSpecificationIsRefusedByField(string field, string value, string expected)
    {
        JsonObject spec = JsonNode.Parse(CommandRun.Run("build-spec", "--raw").Output)!.AsObject();
        string json = spec.ToJsonString().Replace($"\"{field}\":{spec[field]!.ToJsonString()}", $"\"{field}\":{value}", StringComparison.Ordinal);
        Assert.Contains(value, json, StringComparison.Ordinal);
        string file = Path.Combine(_directory.Path, "bad.json");
        File.WriteAllText(file, json);
        (int code, _, string error) = CommandRun.Run("--chain", file, "-d", _directory.Path);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "the file: is no JSON object")]
    [InlineData("{\"id\":1,\"id\":2}", "names a field twice")]
    [InlineData("", "line 1: is no JSON")]
    [InlineData("{\"a\":1,\"\\ud800\":2}", "a field's name: is no Unicode")]
    public void WhatIsNoSpecificationIsRefused(string json, string expected)
    {
        string file = Path.Combine(_directory.Path, "bad.json");
        File.WriteAllText(file, json);
        Assert.Contains(expected, CommandRun.Run("--chain", file, "-d", _directory.Path).Error, StringComparison.Ordinal);
    }

    private NodeOptions Options(ulong? milliseconds) => new()
    {
        Chain = "dev",
        BasePath = _directory.Path,
        BlockMilliseconds = milliseconds,
        Storage = new StorageOptions { StatePruning = null, MaintainInBackground = false },
    };
}
