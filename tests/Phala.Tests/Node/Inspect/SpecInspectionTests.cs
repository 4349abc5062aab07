using System.Text;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Node.ChainSpecs;
using Phala.Node.Inspect;
using Phala.Runtime;
using Phala.Tests.Node.Host;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Inspect;

/// <summary>The state root and genesis hash of any raw chain specification.</summary>
public sealed class SpecInspectionTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("local")]
    public void OurOwnChainsGiveTheirGenesis(string name)
    {
        ChainSpec spec = BuiltInChain.Spec(name, BuiltInChain.Genesis(name, null), new PhalaRuntime().LightCode);
        foreach (string json in (string[])[ChainSpecWriter.WriteRaw(spec), ChainSpecWriter.WritePlain(spec, BuiltInChain.Genesis(name, null))])
        {
            JsonObject tree = [];
            Assert.Null(SpecInspection.Inspect(Encoding.UTF8.GetBytes(json), null, tree));
            Assert.Equal(Hex.Format(spec.Genesis.Root.AsSpan()), (string?)tree["stateRoot"]);
            Assert.Equal(Hex.Format(spec.GenesisHeader.Hash().AsSpan()), (string?)tree["genesisHash"]);
        }

        Assert.Contains(Hex.Format(spec.GenesisHeader.Hash().AsSpan()), CommandRun.Run("inspect", "spec", name).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void TheRootIsThatOfTheEntriesWithTheirChildTries(StateVersion version)
    {
        StateDelta delta = StateDelta.Create(
            TrieDelta.Create([TrieChange.Set(new byte[] { 1, 2 }, new byte[60]), TrieChange.Set(":code"u8.ToArray(), new byte[3])]),
            new ChildDelta([7, 8], TrieDelta.Create([TrieChange.Set(new byte[] { 9 }, new byte[50])])));
        Hash256 root = StateSnapshot.Empty(version).Apply(delta).Root;
        string zeros60 = new('0', 120), zeros50 = new('0', 100);
        string json = $$$$$"""{"genesis":{"raw":{"childrenDefault":{"0x0708":{"0x09":"0x{{{{{zeros50}}}}}"},"0x0101":{}},"top":{"0x3a636f6465":"0x000000","0x0102":"0x{{{{{zeros60}}}}}"}}}}""";
        JsonObject tree = [];
        Assert.Null(SpecInspection.Inspect(Encoding.UTF8.GetBytes(json), version, tree));
        Assert.Equal(Hex.Format(root.AsSpan()), (string?)tree["stateRoot"]);
        Assert.Equal(2, (int?)tree["entries"]);

        JsonObject both = [];
        Assert.Null(SpecInspection.Inspect(Encoding.UTF8.GetBytes(json), null, both));
        Assert.Equal(Hex.Format(root.AsSpan()), (string?)both[$"version{(int)version}"]!["stateRoot"]);
    }

    [Fact]
    public void ARootInPlaceOfTheStateGivesTheGenesisHash()
    {
        // Published: Polkadot's genesis state root and hash.
        JsonObject tree = [];
        Assert.Null(SpecInspection.Inspect("""{"name":"Polkadot","genesis":{"stateRootHash":"0x29d0d972cd27cbc511e9589fcb7a4506d5eb6a9e8df205f00472e5ab354a4e17"}}"""u8.ToArray(), null, tree));
        Assert.Equal("0x91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3", (string?)tree["genesisHash"]);
    }

    [Theory]
    [InlineData(new byte[] { 1 }, StateVersion.V1)]
    [InlineData(new byte[] { 0 }, StateVersion.V0)]
    [InlineData(new byte[0], StateVersion.V0)]
    public void TheStateVersionIsWhatTheCodeSays(byte[] last, StateVersion expected)
    {
        byte[] version = [4, (byte)'a', 4, (byte)'b', 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. new byte[12], 5, 0, 0, 0, .. last];
        byte[] content = [15, .. "runtime_version"u8, .. version];
        byte[] code = [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 2, 0xAA, 0xBB, 0, (byte)content.Length, .. content];
        EmbeddedVersion? found = EmbeddedVersion.Find(code);
        Assert.Equal(new EmbeddedVersion("a", 2, expected), found);
        for (int length = 0; length < code.Length - 1; length++) Assert.True(EmbeddedVersion.Find(code.AsSpan(0, length)) is null, $"{length} bytes");
    }

    [Theory]
    [InlineData("{", RawSpecError.NoJson)]
    [InlineData("[]", RawSpecError.NoJson)]
    [InlineData("{}", RawSpecError.NoGenesis)]
    [InlineData("""{"genesis":{}}""", RawSpecError.NotRaw)]
    [InlineData("""{"genesis":{"raw":{}}}""", RawSpecError.NotRaw)]
    [InlineData("""{"genesis":{"stateRootHash":"0x00"}}""", RawSpecError.BadStateRoot)]
    [InlineData("""{"genesis":{"raw":{"top":{"0x0":"0x"}}}}""", RawSpecError.BadEntry)]
    [InlineData("""{"genesis":{"raw":{"top":{"0x00":7}}}}""", RawSpecError.BadEntry)]
    [InlineData("""{"genesis":{"raw":{"top":{},"childrenDefault":[]}}}""", RawSpecError.BadEntry)]
    [InlineData("""{"genesis":{"raw":{"top":{"0x3a6368696c645f73746f726167653a64656661756c743a01":"0x"}}}}""", RawSpecError.ChildRoot)]
    public void WhatIsWrongIsNamed(string json, RawSpecError expected) =>
        Assert.Equal(expected, RawSpec.TryRead(Encoding.UTF8.GetBytes(json), out _, out _));

    [Fact]
    public void ALongKeyIsRefused() =>
        Assert.Equal(RawSpecError.LongKey, RawSpec.TryRead(Encoding.UTF8.GetBytes($$$$$"""{"genesis":{"raw":{"top":{"0x{{{{{new string('0', 2050)}}}}}":"0x"}}}}"""), out _, out _));
}
