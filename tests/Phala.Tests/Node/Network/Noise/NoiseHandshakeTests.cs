using Phala.Crypto.Encryption;
using Phala.Node.Network.Noise;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Network.Noise;

/// <summary>The handshake against published vectors, and against whoever meddles with it.</summary>
public sealed class NoiseHandshakeTests
{
    private const int PublicKeyLength = 32;

    public static TheoryData<string> Names => [.. VectorFile.Read(File).Select(vector => vector.Name)];

    private static string File => "Node/Network/Noise/Vectors/noise-xx.txt";

    [Theory]
    [MemberData(nameof(Names))]
    public void BothSidesSayWhatThePublishedVectorsSay(string name)
    {
        Vector vector = VectorFile.Read(File).Single(each => each.Name == name);
        using X25519KeyPair initiatorKey = X25519KeyPair.FromPrivateKey(vector.Bytes("init_static")), responderKey = X25519KeyPair.FromPrivateKey(vector.Bytes("resp_static"));
        using NoiseHandshake initiator = new(true, initiatorKey, X25519KeyPair.FromPrivateKey(vector.Bytes("init_ephemeral")), vector.Bytes("init_prologue"));
        using NoiseHandshake responder = new(false, responderKey, X25519KeyPair.FromPrivateKey(vector.Bytes("resp_ephemeral")), vector.Bytes("init_prologue"));
        for (int index = 0; index < NoiseHandshake.Messages; index++)
        {
            (NoiseHandshake writer, NoiseHandshake reader) = index % 2 == 0 ? (initiator, responder) : (responder, initiator);
            byte[] message = Write(writer, vector.Bytes($"payload{index}"));
            Assert.Equal(vector.Bytes($"ciphertext{index}"), message);
            Assert.Equal(NoiseError.None, Read(reader, message, out byte[] payload));
            Assert.Equal(vector.Bytes($"payload{index}"), payload);
        }

        Assert.Equal(responderKey.PublicKey, initiator.RemoteStatic);
        Assert.Equal(initiatorKey.PublicKey, responder.RemoteStatic);
        Assert.Equal(initiator.Hash, responder.Hash);
        byte[] hash = vector.Bytes("handshake_hash");
        if (hash.Length > 0) Assert.Equal(hash, initiator.Hash);
        (NoiseCipher initiatorSends, NoiseCipher initiatorReceives) = initiator.Split();
        (NoiseCipher responderSends, NoiseCipher responderReceives) = responder.Split();
        for (int index = NoiseHandshake.Messages; vector.Has($"payload{index}"); index++)
        {
            (NoiseCipher sends, NoiseCipher receives) = index % 2 == 0 ? (initiatorSends, responderReceives) : (responderSends, initiatorReceives);
            byte[] plaintext = vector.Bytes($"payload{index}"), ciphertext = new byte[plaintext.Length + NoiseCipher.TagLength], back = new byte[plaintext.Length];
            sends.Encrypt(plaintext, default, ciphertext);
            Assert.Equal(vector.Bytes($"ciphertext{index}"), ciphertext);
            Assert.True(receives.TryDecrypt(ciphertext, default, back));
            Assert.Equal(plaintext, back);
        }
    }

    [Fact]
    public void EveryByteOfEveryEncryptedMessageCounts()
    {
        Vector vector = VectorFile.Read(File)[0];
        for (int index = 1; index < NoiseHandshake.Messages; index++)
        {
            // The second message's ephemeral key is a point: bending its highest bit bends nothing but the hash, which the first tag covers.
            for (int at = 0; at < vector.Bytes($"ciphertext{index}").Length; at++)
            {
                using X25519KeyPair key = X25519KeyPair.FromPrivateKey(vector.Bytes(index == 1 ? "init_static" : "resp_static"));
                byte[] ephemeral = vector.Bytes(index == 1 ? "init_ephemeral" : "resp_ephemeral");
                using NoiseHandshake side = new(index == 1, key, X25519KeyPair.FromPrivateKey(ephemeral), vector.Bytes("init_prologue"));
                if (index == 2) Assert.Equal(NoiseError.None, Read(side, vector.Bytes("ciphertext0"), out _));
                Write(side, vector.Bytes($"payload{index - 1}"));
                byte[] bent = vector.Bytes($"ciphertext{index}");
                bent[at] ^= 0x80;
                Assert.Equal(NoiseError.BadTag, Read(side, bent, out _));
            }
        }
    }

    [Fact]
    public void MessagesThatAreTooShortAndKeysOfSmallOrderAreRefused()
    {
        using X25519KeyPair key = NewKey(1);
        for (int length = 0; length < PublicKeyLength; length++)
        {
            using NoiseHandshake responder = new(false, key, NewKey(2));
            Assert.Equal(NoiseError.Truncated, Read(responder, new byte[length], out _));
        }

        using (NoiseHandshake responder = new(false, key, NewKey(2)))
        {
            // The first message agrees on nothing; the answer to a point of small order would.
            Assert.Equal(NoiseError.None, Read(responder, new byte[PublicKeyLength], out _));
            Assert.Equal(NoiseError.BadKey, responder.TryWrite([], new byte[NoiseHandshake.MaxOverhead], out _));
        }

        for (int length = PublicKeyLength; length < NoiseHandshake.MaxOverhead; length++)
        {
            using NoiseHandshake initiator = new(true, key, NewKey(3)), responder = new(false, key, NewKey(4));
            Assert.Equal(NoiseError.None, Read(responder, Write(initiator, []), out _));
            Assert.NotEqual(NoiseError.None, Read(initiator, Write(responder, [])[..length], out _));
        }
    }

    [Fact]
    public void AMessageDecryptsOnceAndInItsTurn()
    {
        byte[] key = new byte[NoiseCipher.KeyLength], first = new byte[20], second = new byte[20], plaintext = new byte[4];
        using NoiseCipher sends = new(key);
        sends.Encrypt([1, 2, 3, 4], default, first);
        sends.Encrypt([1, 2, 3, 4], default, second);
        Assert.NotEqual(first, second);
        using NoiseCipher early = new(key), again = new(key), right = new(key);
        Assert.False(early.TryDecrypt(second, default, plaintext));
        Assert.True(again.TryDecrypt(first, default, plaintext));
        Assert.False(again.TryDecrypt(first, default, plaintext));
        Assert.True(right.TryDecrypt(first, default, plaintext) && right.TryDecrypt(second, default, plaintext));
        Assert.False(right.TryDecrypt(new byte[NoiseCipher.TagLength - 1], default, plaintext));
    }

    private static X25519KeyPair NewKey(byte fill) => X25519KeyPair.FromPrivateKey([.. Enumerable.Repeat(fill, PublicKeyLength)]);

    private static byte[] Write(NoiseHandshake side, byte[] payload)
    {
        byte[] message = new byte[payload.Length + NoiseHandshake.MaxOverhead];
        Assert.Equal(NoiseError.None, side.TryWrite(payload, message, out int length));
        return message[..length];
    }

    private static NoiseError Read(NoiseHandshake side, byte[] message, out byte[] payload)
    {
        payload = new byte[message.Length];
        NoiseError error = side.TryRead(message, payload, out int length);
        payload = error == NoiseError.None ? payload[..length] : [];
        return error;
    }
}
