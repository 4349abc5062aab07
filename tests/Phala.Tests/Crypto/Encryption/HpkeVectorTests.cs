using Phala.Crypto.Encryption;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Encryption;

/// <summary>The vectors of RFC 9180 for this suite: base and auth, encrypting and export-only.</summary>
public sealed class HpkeVectorTests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Encryption/Vectors/hpke.txt");

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    public static TheoryData<string> Encrypting => [.. Vectors.Where(vector => vector.Number("aead_id") == 2).Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void KeyPairsDeriveAsPublished(string name)
    {
        Vector vector = Named(name);
        foreach (string party in vector.Has("ikmS") ? new[] { "R", "E", "S" } : ["R", "E"])
        {
            byte[] privateKey = new byte[32];
            using X25519KeyPair pair = X25519KeyPair.Derive(vector.Bytes("ikm" + party));
            pair.CopyPrivateKey(privateKey);
            Assert.Equal(vector.Bytes($"sk{party}m"), privateKey);
            Assert.Equal(vector.Bytes($"pk{party}m"), pair.PublicKey.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheKemAgreesWithThePublishedSecret(string name)
    {
        Vector vector = Named(name);
        byte[] sent = new byte[32], received = new byte[32], encapsulation = new byte[32];
        using X25519KeyPair recipient = X25519KeyPair.Derive(vector.Bytes("ikmR"));
        using X25519KeyPair? sender = vector.Has("ikmS") ? X25519KeyPair.Derive(vector.Bytes("ikmS")) : null;
        Assert.True(Hpke.TryEncapsulate(sender, recipient.PublicKey, vector.Bytes("ikmE"), encapsulation, sent));
        Assert.True(HpkeKem.TryDecapsulate(recipient, sender is null ? [] : sender.PublicKey, encapsulation, received));
        Assert.Equal(vector.Bytes("enc"), encapsulation);
        Assert.Equal(vector.Bytes("shared_secret"), sent);
        Assert.Equal(vector.Bytes("shared_secret"), received);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheKeyScheduleGivesThePublishedKeys(string name)
    {
        Vector vector = Named(name);
        bool encrypts = vector.Number("aead_id") == 2;
        byte[] key = new byte[encrypts ? 32 : 0], nonce = new byte[encrypts ? 12 : 0], exporter = new byte[32];
        HpkeKeySchedule.Derive((ushort)vector.Number("aead_id"), vector.Number("mode") == 2, vector.Bytes("shared_secret"), vector.Bytes("info"), key, nonce, exporter);
        Assert.Equal(vector.Bytes("exporter_secret"), exporter);
        if (!encrypts) return;
        Assert.Equal(vector.Bytes("key"), key);
        Assert.Equal(vector.Bytes("base_nonce"), nonce);
    }

    [Theory]
    [MemberData(nameof(Encrypting))]
    public void SealingAndOpeningGiveThePublishedBytes(string name)
    {
        Vector vector = Named(name);
        (HpkeSender sender, HpkeReceiver receiver) = Contexts(vector);
        using (sender)
        using (receiver)
        {
            int compared = 0;
            for (int number = 0; number <= 256; number++)
            {
                bool published = vector.Has($"ct{number}");
                byte[] plaintext = published ? vector.Bytes($"pt{number}") : [1], associated = published ? vector.Bytes($"aad{number}") : [];
                byte[] ciphertext = new byte[plaintext.Length + Hpke.TagLength], opened = new byte[plaintext.Length];
                Assert.Equal(HpkeError.None, sender.Seal(associated, plaintext, ciphertext));
                if (published) Assert.Equal(vector.Bytes($"ct{number}"), ciphertext);
                if (published) compared++;
                Assert.Equal(HpkeError.None, receiver.Open(associated, ciphertext, opened));
                Assert.Equal(plaintext, opened);
            }

            Assert.Equal(6, compared);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ExportsGiveThePublishedBytes(string name)
    {
        Vector vector = Named(name);
        (HpkeExporter sender, HpkeExporter receiver, IDisposable[] owners) = Exporters(vector);
        for (int number = 0; number < 3; number++)
        {
            byte[] sent = new byte[32], received = new byte[32];
            sender.Export(vector.Bytes($"exportContext{number}"), sent);
            receiver.Export(vector.Bytes($"exportContext{number}"), received);
            Assert.Equal(vector.Bytes($"exportValue{number}"), sent);
            Assert.Equal(sent, received);
        }

        foreach (IDisposable owner in owners) owner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sender.Export([], new byte[1]));
    }

    private static (HpkeExporter Sender, HpkeExporter Receiver, IDisposable[] Owners) Exporters(Vector vector)
    {
        if (vector.Number("aead_id") == 2)
        {
            (HpkeSender sending, HpkeReceiver receiving) = Contexts(vector);
            return (sending.Exporter, receiving.Exporter, [sending, receiving]);
        }

        using X25519KeyPair recipient = X25519KeyPair.FromPrivateKey(vector.Bytes("skRm"));
        byte[] encapsulation = new byte[32], info = vector.Bytes("info"), material = vector.Bytes("ikmE");
        HpkeExporter? sender, receiver;
        if (vector.Number("mode") == 0)
        {
            Assert.Equal(HpkeError.None, HpkeExporter.SetupSender(recipient.PublicKey, info, material, encapsulation, out sender));
            Assert.Equal(HpkeError.None, HpkeExporter.SetupReceiver(recipient, encapsulation, info, out receiver));
        }
        else
        {
            using X25519KeyPair own = X25519KeyPair.FromPrivateKey(vector.Bytes("skSm"));
            Assert.Equal(HpkeError.None, HpkeExporter.SetupAuthenticatedSender(own, recipient.PublicKey, info, material, encapsulation, out sender));
            Assert.Equal(HpkeError.None, HpkeExporter.SetupAuthenticatedReceiver(recipient, own.PublicKey, encapsulation, info, out receiver));
        }

        return (sender!, receiver!, [sender!, receiver!]);
    }

    private static (HpkeSender Sender, HpkeReceiver Receiver) Contexts(Vector vector)
    {
        using X25519KeyPair recipient = X25519KeyPair.FromPrivateKey(vector.Bytes("skRm"));
        byte[] encapsulation = new byte[32], info = vector.Bytes("info"), material = vector.Bytes("ikmE");
        HpkeSender? sender;
        HpkeReceiver? receiver;
        if (vector.Number("mode") == 0)
        {
            Assert.Equal(HpkeError.None, HpkeSender.Setup(recipient.PublicKey, info, material, encapsulation, out sender));
            Assert.Equal(HpkeError.None, HpkeReceiver.Setup(recipient, encapsulation, info, out receiver));
        }
        else
        {
            using X25519KeyPair own = X25519KeyPair.FromPrivateKey(vector.Bytes("skSm"));
            Assert.Equal(HpkeError.None, HpkeSender.SetupAuthenticated(own, recipient.PublicKey, info, material, encapsulation, out sender));
            Assert.Equal(HpkeError.None, HpkeReceiver.SetupAuthenticated(recipient, own.PublicKey, encapsulation, info, out receiver));
        }

        Assert.Equal(vector.Bytes("enc"), encapsulation);
        return (sender!, receiver!);
    }

    private static Vector Named(string name) => Vectors.Single(vector => vector.Name == name);
}
