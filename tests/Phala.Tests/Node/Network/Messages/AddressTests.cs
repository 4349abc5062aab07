using Phala.Crypto.Signatures;
using Phala.Node.Network;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Messages;
using Xunit;

namespace Phala.Tests.Node.Network.Messages;

/// <summary>Addresses and identities, in text and over the wire.</summary>
public sealed class AddressTests
{
    private const string Peer = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/30333", "047f00000106767d")]
    [InlineData("/ip4/127.0.0.1/tcp/30333/ws", "047f00000106767ddd03")]
    [InlineData("/ip6/::1/tcp/1/wss", "29000000000000000000000000000000010600" + "01de03")]
    [InlineData("/dns4/node.example.org/tcp/443/wss", "36106e6f64652e6578616d706c652e6f72670601bbde03")]
    [InlineData("/dns/a/tcp/0", "3501610600" + "00")]
    public void AnAddressIsWrittenAsItIsRead(string text, string binary)
    {
        Assert.Equal(MultiaddressError.None, Multiaddress.TryParse(text, out Multiaddress? address));
        Assert.Equal(text, address!.ToString());
        Assert.Equal(binary, Convert.ToHexStringLower(address.ToBytes()));
        string withPeer = $"{text}/p2p/{Peer}";
        Assert.True(NetworkOptions.IsBootNode(withPeer));
        Assert.False(NetworkOptions.IsBootNode(text));
        Assert.Equal(MultiaddressError.None, Multiaddress.TryParse(withPeer, out Multiaddress? whole));
        Assert.Equal(withPeer, whole!.ToString());
        Assert.StartsWith(binary + "a50326002408011220", Convert.ToHexStringLower(whole.ToBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", nameof(MultiaddressError.BadForm))]
    [InlineData("ip4/127.0.0.1/tcp/1", nameof(MultiaddressError.BadForm))]
    [InlineData("/ip4/127.0.0.256/tcp/1", nameof(MultiaddressError.BadHost))]
    [InlineData("/ip4/127.1/tcp/1", nameof(MultiaddressError.BadHost))]
    [InlineData("/ip6/127.0.0.1/tcp/1", nameof(MultiaddressError.BadHost))]
    [InlineData("/dns/127.0.0.1/tcp/1", nameof(MultiaddressError.BadHost))]
    [InlineData("/unix/a/tcp/1", nameof(MultiaddressError.BadHost))]
    [InlineData("/ip4/127.0.0.1/udp/1", nameof(MultiaddressError.BadPort))]
    [InlineData("/ip4/127.0.0.1/tcp/65536", nameof(MultiaddressError.BadPort))]
    [InlineData("/ip4/127.0.0.1/tcp/-1", nameof(MultiaddressError.BadPort))]
    [InlineData("/ip4/127.0.0.1/tcp", nameof(MultiaddressError.BadPort))]
    [InlineData("/ip4/127.0.0.1/tcp/1/p2p/nobody", nameof(MultiaddressError.BadPeer))]
    [InlineData("/ip4/127.0.0.1/tcp/1/p2p", nameof(MultiaddressError.BadPeer))]
    [InlineData("/ip4/127.0.0.1/tcp/1/quic", nameof(MultiaddressError.Unsupported))]
    [InlineData("/ip4/127.0.0.1/tcp/1/ws/p2p/" + Peer + "/p2p-circuit", nameof(MultiaddressError.Unsupported))]
    public void WhatIsNoAddressSaysWhy(string text, string error) => Assert.Equal(error, Multiaddress.TryParse(text, out _).ToString());

    [Fact]
    public void AnIdentityIsTheOneThatTheKeyFileGives()
    {
        using Ed25519KeyPair key = Ed25519KeyPair.FromSeed(new byte[32]);
        PeerId id = PeerId.Of(key.PublicKey);
        Assert.Equal(Phala.Node.Keys.NodeIdentity.PeerId(key), id.ToString());
        Assert.True(PeerId.TryParse(id.ToString(), out PeerId? read));
        Assert.Equal(id, read!.Value);
        Assert.False(PeerId.TryParse(id.ToString()[..^1], out _));
        Assert.False(PeerId.TryParse("", out _));
        Assert.False(PeerId.TryParse(new string('1', 200), out _));
    }

    [Fact]
    public void AKeyOfAnotherTypeIsNoIdentity()
    {
        byte[] encoded = PeerId.EncodeKey(new byte[32]), otherType = [.. encoded], noType = encoded[2..];
        otherType[1] = 0;
        Assert.Equal(ProtobufError.None, PeerId.TryDecodeKey(encoded, out _));
        Assert.Equal(ProtobufError.BadValue, PeerId.TryDecodeKey(otherType, out _));
        Assert.Equal(ProtobufError.BadValue, PeerId.TryDecodeKey(noType, out _));
    }
}
