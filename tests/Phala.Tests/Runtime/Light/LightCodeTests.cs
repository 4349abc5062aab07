using System.Text.Json;
using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Versions;
using Phala.Tests.Runtime.Metadata;
using Xunit;

namespace Phala.Tests.Runtime.Light;

/// <summary>The chain's <c>:code</c> under Node's own WebAssembly: what it is, and what it answers from storage.</summary>
public sealed class LightCodeTests
{
    [Fact]
    public void TheModuleIsValidAndImportsOnlyWhatLightClientsOffer()
    {
        JsonElement answer = LightChain.Run([]);
        Assert.True(answer.GetProperty("isValid").GetBoolean());
        Assert.All(answer.GetProperty("imports").EnumerateArray(), import => Assert.StartsWith("function env.ext_", import.GetString(), StringComparison.Ordinal));
        string[] exports = [.. answer.GetProperty("exports").EnumerateArray().Select(export => export.GetString()!)];
        Assert.Equal(["memory memory", "global __heap_base"], exports[..2]);
        string[] known = [.. RuntimeApis.All.SelectMany(api => api.Methods.Select(api.CallName))];
        Assert.Equal(11, exports.Length - 2);
        Assert.All(exports[2..], export => Assert.Contains(export["function ".Length..], known));
    }

    [Fact]
    public void TheBytesFollowFromTheSpecVersionAndChangeWithIt()
    {
        Assert.Equal(LightChain.Code, new PhalaRuntime().LightCode(LightChain.Spec));
        Assert.NotEqual(LightChain.Code, LightChain.Runtime.LightCode(LightChain.Spec + 1));
        Assert.InRange(LightChain.Code.Length, 120_000, 200_000);
    }

    [Fact]
    public void VersionsAndMetadataAreTheRuntimes()
    {
        LightChain chain = new();
        byte[]?[] answers = LightChain.Answers(
        [
            chain.Ask("Core_version", []), chain.Ask("Metadata_metadata", []), chain.Ask("Metadata_metadata_versions", []),
            .. new uint[] { 14, 15, 16, 13, 17 }.Select(version => chain.Ask("Metadata_metadata_at_version", BitConverter.GetBytes(version))),
            chain.Ask("Metadata_metadata_at_version", [14, 0, 0]),
        ]);
        Assert.Equal(Scale.Encode(PhalaVersion.Of(LightChain.Spec)), answers[0]);
        Assert.Equal(Opaque(14), answers[1]);
        Assert.Equal(Convert.FromHexString("0c0e0000000f00000010000000"), answers[2]);
        for (int at = 0; at < 3; at++) Assert.Equal([1, .. Opaque(14 + (uint)at)], answers[3 + at]);
        Assert.Equal([0], answers[6]);
        Assert.Equal([0], answers[7]);
        Assert.Null(answers[8]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(700)]
    public void AuthoritiesAndSlotsAreThoseOfStorage(int count)
    {
        byte[] keys = Scale.Encode<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>>(Vec.Create<AuraAuthorityId>(new AuraAuthorityId[count]));
        LightChain chain = new(), empty = new();
        chain.Put(Aura.Authorities.Prefix, keys);
        chain.Put(Grandpa.Authorities.Prefix, [.. keys, 7]);
        chain.Put(Grandpa.CurrentSetId.Prefix, [5, 0, 0, 0, 0, 0, 0, 1]);
        chain.Put(Aura.SlotDuration.Prefix, [0xB8, 0x0B, 0, 0, 0, 0, 0, 0]);
        string[] names = ["AuraApi_authorities", "GrandpaApi_grandpa_authorities", "GrandpaApi_current_set_id", "AuraApi_slot_duration"];
        byte[]?[] answers = LightChain.Answers([.. names.Select(name => chain.Ask(name, [])), .. names.Select(name => empty.Ask(name, []))]);
        Assert.Equal([keys, [.. keys, 7], [5, 0, 0, 0, 0, 0, 0, 1], [0xB8, 0x0B, 0, 0, 0, 0, 0, 0], [0], [0], new byte[8], null], answers);
    }

    [Fact]
    public void NoncesAreThoseOfAccounts()
    {
        LightChain chain = new();
        chain.PutAccount(ClientSample.Alice, ClientSample.Info with { Nonce = 0x01020304 });
        JsonElement answers = LightChain.Run([chain.Ask("AccountNonceApi_account_nonce", ClientSample.Alice.AsSpan()), chain.Ask("AccountNonceApi_account_nonce", ClientSample.Bob.AsSpan()), chain.Ask("AccountNonceApi_account_nonce", new byte[31])]).GetProperty("answers");
        Assert.Equal(["0x04030201", "0x00000000", null], answers.EnumerateArray().Select(answer => answer.GetProperty("answer").GetString()));
        Assert.Equal(Hex.Format(FrameSystem.Account.Key(ClientSample.Bob)), Assert.Single(answers[1].GetProperty("read").EnumerateArray()).GetString());
    }

    private static byte[] Opaque(uint version) => Scale.Encode(new OpaqueMetadata(Vec.Create<byte>(RuntimeMetadata.Encode(version, LightChain.Spec))));
}
