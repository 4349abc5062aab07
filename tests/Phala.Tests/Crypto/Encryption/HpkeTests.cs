using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Encryption;
using Xunit;

namespace Phala.Tests.Crypto.Encryption;

public sealed class HpkeTests
{
    private static readonly byte[] Info = [1, 2, 3], Associated = [4, 5];

    [Fact]
    public void WhatIsSealedOpens() =>
        Prop.ForAll<byte[], byte[], byte[]>((plaintext, associated, info) =>
        {
            using X25519KeyPair recipient = Pair(1);
            byte[] message = new byte[plaintext.Length + Hpke.Overhead], opened = new byte[plaintext.Length];
            Assert.Equal(HpkeError.None, Hpke.Seal(recipient.PublicKey, info, associated, plaintext, TestBytes.Random(32, plaintext.Length), message));
            Assert.Equal(HpkeError.None, Hpke.Open(recipient, info, associated, message, opened));
            return plaintext.AsSpan().SequenceEqual(opened);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void WhatIsSealedWithAKeyOpensWithThatSenderOnly()
    {
        using X25519KeyPair sender = Pair(1), recipient = Pair(2), stranger = Pair(3);
        byte[] plaintext = TestBytes.Random(100, 5), message = new byte[plaintext.Length + Hpke.Overhead], opened = new byte[plaintext.Length];
        Assert.Equal(HpkeError.None, Hpke.SealAuthenticated(sender, recipient.PublicKey, Info, Associated, plaintext, TestBytes.Random(32, 6), message));
        Assert.Equal(HpkeError.None, Hpke.OpenAuthenticated(recipient, sender.PublicKey, Info, Associated, message, opened));
        Assert.Equal(plaintext, opened);
        Assert.Equal(HpkeError.NotAuthentic, Hpke.OpenAuthenticated(recipient, stranger.PublicKey, Info, Associated, message, opened));
        Assert.Equal(HpkeError.NotAuthentic, Hpke.Open(recipient, Info, Associated, message, opened));
        Assert.Equal(HpkeError.NotAuthentic, Hpke.OpenAuthenticated(stranger, sender.PublicKey, Info, Associated, message, opened));
    }

    [Fact]
    public void EveryFlippedBitIsNoticed()
    {
        using X25519KeyPair recipient = Pair(2);
        byte[] message = Sealed(recipient, [7, 8, 9]);
        byte[] opened = new byte[3];
        for (int bit = 0; bit < 8 * message.Length; bit++)
        {
            byte[] damaged = [.. message];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            opened.AsSpan().Fill(0xee);
            HpkeError error = Hpke.Open(recipient, Info, Associated, damaged, opened);

            // X25519 ignores the highest bit of a public key, but the encapsulation's bytes are part of the key schedule.
            Assert.Equal(HpkeError.NotAuthentic, error);
            Assert.Equal(new byte[3], opened);
        }
    }

    [Fact]
    public void InfoAndAssociatedDataAreBound()
    {
        using X25519KeyPair recipient = Pair(2);
        byte[] message = Sealed(recipient, [7]), opened = new byte[1];
        Assert.Equal(HpkeError.NotAuthentic, Hpke.Open(recipient, [1, 2], Associated, message, opened));
        Assert.Equal(HpkeError.NotAuthentic, Hpke.Open(recipient, Info, [4], message, opened));
        Assert.Equal(HpkeError.None, Hpke.Open(recipient, Info, Associated, message, opened));
    }

    [Fact]
    public void LongInfoAndAssociatedDataAreBoundToTheirLastByte()
    {
        using X25519KeyPair recipient = Pair(2);
        byte[] info = TestBytes.Random(3000, 1), message = new byte[1 + Hpke.Overhead], opened = new byte[1];
        Assert.Equal(HpkeError.None, Hpke.Seal(recipient.PublicKey, info, info, [7], TestBytes.Random(32, 6), message));
        Assert.Equal(HpkeError.None, Hpke.Open(recipient, info, info, message, opened));
        byte[] other = [.. info[..^1], (byte)(info[^1] ^ 1)];
        Assert.Equal(HpkeError.NotAuthentic, Hpke.Open(recipient, other, info, message, opened));
    }

    [Fact]
    public void MessagesOpenOnlyInOrderAndAFailureChangesNothing()
    {
        (HpkeSender sender, HpkeReceiver receiver) = Contexts();
        byte[][] sealedMessages = [.. Enumerable.Range(0, 4).Select(number => Seal(sender, (byte)number))];
        byte[] opened = new byte[1];
        Assert.Equal(HpkeError.NotAuthentic, receiver.Open([], sealedMessages[1], opened));
        for (byte number = 0; number < 4; number++)
        {
            Assert.Equal(number, receiver.Sequence);
            Assert.Equal(HpkeError.None, receiver.Open([], sealedMessages[number], opened));
            Assert.Equal(number, opened[0]);
            Assert.Equal(HpkeError.NotAuthentic, receiver.Open([], sealedMessages[number], opened));
        }

        Assert.Equal(4, sealedMessages.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void TheLastNumberIsNeverUsed()
    {
        (HpkeSender sender, HpkeReceiver receiver) = Contexts();
        sender.Sequence = receiver.Sequence = ulong.MaxValue - 1;
        byte[] last = Seal(sender, 1), opened = new byte[1];
        Assert.Equal(HpkeError.None, receiver.Open([], last, opened));
        Assert.Equal(HpkeError.MessageLimitReached, sender.Seal([], [1], new byte[17]));
        Assert.Equal(HpkeError.MessageLimitReached, receiver.Open([], last, opened));
        Assert.Equal(ulong.MaxValue, sender.Sequence);
    }

    [Fact]
    public void TheSameMaterialMakesTheSameMessageAndOtherMaterialAnother()
    {
        using X25519KeyPair recipient = Pair(2);
        byte[] one = Sealed(recipient, [7], material: 1), replica = Sealed(recipient, [7], material: 1), other = Sealed(recipient, [7], material: 2);
        Assert.Equal(one, replica);
        Assert.NotEqual(one[..32], other[..32]);
        Assert.NotEqual(one[32..], other[32..]);
    }

    [Fact]
    public void KeysOfSmallOrderAreRefusedOnEverySide()
    {
        using X25519KeyPair own = Pair(1);
        byte[] zero = new byte[32], opened = new byte[1], message = new byte[1 + Hpke.Overhead];
        Assert.Equal(HpkeError.InvalidPublicKey, Hpke.Seal(zero, Info, [], [1], TestBytes.Random(32, 1), message));
        Assert.Equal(HpkeError.InvalidPublicKey, Hpke.SealAuthenticated(own, zero, Info, [], [1], TestBytes.Random(32, 1), message));
        Assert.Equal(HpkeError.InvalidPublicKey, Hpke.Open(own, Info, [], new byte[1 + Hpke.Overhead], opened));
        byte[] good = Sealed(own, [1]);
        Assert.Equal(HpkeError.InvalidPublicKey, Hpke.OpenAuthenticated(own, zero, Info, Associated, good, opened));
        Assert.Equal(HpkeError.InvalidPublicKey, HpkeExporter.SetupSender(zero, Info, TestBytes.Random(32, 1), new byte[32], out HpkeExporter? none));
        Assert.Null(none);
        Assert.Equal(HpkeError.InvalidPublicKey, HpkeExporter.SetupReceiver(own, zero, Info, out none));
        Assert.Null(none);
    }

    [Fact]
    public void ShortMessagesAreRefused()
    {
        using X25519KeyPair own = Pair(1);
        for (int length = 0; length < Hpke.Overhead; length++)
        {
            Assert.Equal(HpkeError.Truncated, Hpke.Open(own, Info, [], new byte[length], []));
            Assert.Equal(HpkeError.Truncated, Hpke.OpenAuthenticated(own, own.PublicKey, Info, [], new byte[length], []));
        }

        (_, HpkeReceiver receiver) = Contexts();
        Assert.Equal(HpkeError.Truncated, receiver.Open([], new byte[15], []));
        Assert.Equal(HpkeError.Truncated, HpkeReceiver.Setup(own, new byte[31], Info, out _));
        Assert.Equal(HpkeError.Truncated, HpkeExporter.SetupReceiver(own, new byte[33], Info, out _));
    }

    [Fact]
    public void ExportsDifferByContextAndLengthAndFromExportOnlyContexts()
    {
        (HpkeSender sender, _) = Contexts();
        byte[] one = new byte[32], other = new byte[32], longer = new byte[33], most = new byte[HpkeExporter.MaximumLength];
        sender.Exporter.Export([1], one);
        sender.Exporter.Export([2], other);
        sender.Exporter.Export([1], longer);
        sender.Exporter.Export([1], most);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, longer[..32]);
        Assert.Throws<ArgumentException>(() => sender.Exporter.Export([], new byte[HpkeExporter.MaximumLength + 1]));
    }

    [Fact]
    public void WrongLengthsAreTheCallersBug()
    {
        using X25519KeyPair own = Pair(1);
        Assert.Throws<ArgumentException>(() => Hpke.Seal(new byte[31], [], [], [], new byte[32], new byte[Hpke.Overhead]));
        Assert.Throws<ArgumentException>(() => Hpke.Seal(own.PublicKey, [], [], [], new byte[31], new byte[Hpke.Overhead]));
        Assert.Throws<ArgumentException>(() => Hpke.Seal(own.PublicKey, [], [], [], new byte[32], new byte[Hpke.Overhead - 1]));
        Assert.Throws<ArgumentException>(() => Hpke.OpenAuthenticated(own, [], [], [], new byte[Hpke.Overhead], []));
        Assert.Throws<ArgumentException>(() => Hpke.Open(own, Info, Associated, Sealed(own, [1]), new byte[2]));
        Assert.Throws<ArgumentException>(() => Contexts().Sender.Seal([], [1], new byte[16]));
    }

    [Fact]
    public void ADisposedContextIsDead()
    {
        (HpkeSender sender, HpkeReceiver receiver) = Contexts();
        byte[] message = Seal(sender, 1);
        sender.Dispose();
        receiver.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Seal(sender, 1));
        Assert.Throws<ObjectDisposedException>(() => receiver.Open([], message, new byte[1]));
    }

    /// <summary>RFC 9180 §4, LabeledExtract, around the length at which the material is taken in parts.</summary>
    [Fact]
    public void KeyMaterialOfAnyLengthIsExtractedWhole()
    {
        byte[] salt = TestBytes.Random(32, 1), key = new byte[32];
        HashSet<string> keys = [];
        foreach (int length in (int[])[0, 1, 32, 490, 491, 492, 493, 494, 495, 496, 497, 512, 5000])
        {
            byte[] material = TestBytes.Random(length, 7);
            foreach (byte[] extractionSalt in (byte[][])[salt, []])
            {
                LabeledHkdf.Extract("suite"u8, extractionSalt, "psk"u8, material, key);
                Assert.Equal(HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1suitepsk"u8, .. material], extractionSalt), key);
                keys.Add(Convert.ToHexString(key));
            }
        }

        Assert.Equal(26, keys.Count);
    }

    private static byte[] Seal(HpkeSender sender, byte value)
    {
        byte[] ciphertext = new byte[1 + Hpke.TagLength];
        Assert.Equal(HpkeError.None, sender.Seal([], [value], ciphertext));
        return ciphertext;
    }

    private static byte[] Sealed(X25519KeyPair recipient, byte[] plaintext, int material = 1)
    {
        byte[] message = new byte[plaintext.Length + Hpke.Overhead];
        Assert.Equal(HpkeError.None, Hpke.Seal(recipient.PublicKey, Info, Associated, plaintext, TestBytes.Random(32, material), message));
        return message;
    }

    private static (HpkeSender Sender, HpkeReceiver Receiver) Contexts()
    {
        using X25519KeyPair recipient = Pair(2);
        byte[] encapsulation = new byte[32];
        Assert.Equal(HpkeError.None, HpkeSender.Setup(recipient.PublicKey, Info, TestBytes.Random(32, 1), encapsulation, out HpkeSender? sender));
        Assert.Equal(HpkeError.None, HpkeReceiver.Setup(recipient, encapsulation, Info, out HpkeReceiver? receiver));
        return (sender!, receiver!);
    }

    private static X25519KeyPair Pair(int seed) => X25519KeyPair.Derive(TestBytes.Random(32, seed));
}
