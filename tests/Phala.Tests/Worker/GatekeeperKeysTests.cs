using System.Reflection;
using Phala.Crypto;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Keys;
using Phala.Worker.Sealing;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A gatekeeper's secrets are sealed before they are used, and are nowhere when it has ended.</summary>
public sealed class GatekeeperKeysTests
{
    private static readonly Hash256 One = ClusterWorld.Hash("one"), Two = ClusterWorld.Hash("two");

    private readonly FilesInMemory _files = new();

    [Fact]
    public void What_was_drawn_is_there_again()
    {
        byte[] master, one, two;
        using (GatekeeperKeys keys = Open())
        {
            Assert.Null(keys.Master);
            one = Encoded(keys.MakeCluster(One));
            master = keys.MakeMaster().PublicKey.ToArray();
            two = Encoded(keys.MakeCluster(Two));
            Assert.Same(keys.SecretsOf(One), keys.MakeCluster(One));
            Assert.NotEqual(one, two);
        }

        using GatekeeperKeys again = Open();
        Assert.Equal(master, again.Master!.PublicKey.ToArray());
        Assert.Equal(one, Encoded(again.SecretsOf(One)!));
        Assert.Equal(two, Encoded(again.SecretsOf(Two)!));
        Assert.Null(again.SecretsOf(ClusterWorld.Id));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using (GatekeeperKeys first = Open())
        {
            first.MakeMaster();
            first.MakeCluster(One);
        }

        foreach (bool makes in (bool[])[true, false])
        {
            GatekeeperKeys keys = Open();
            if (makes) keys.MakeCluster(Two);
            ClusterSecrets one = keys.SecretsOf(One)!;
            SecretBytes[] held = [.. Fields(keys).OfType<SecretBytes>()];
            Assert.Single(held);
            keys.Dispose();
            Assert.All(held, secret => Assert.Throws<ObjectDisposedException>(() => secret.Span.Length));
            Assert.Throws<ObjectDisposedException>(() => Encoded(one));
            Assert.Null(keys.SecretsOf(One));
        }

        // A value that holds a secret is copied wherever it goes.
        Assert.DoesNotContain(typeof(GatekeeperKeys).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), field => field.FieldType == typeof(byte[]) || field.FieldType.IsValueType);
    }

    [Fact]
    public void What_is_not_sealed_is_not_known()
    {
        using GatekeeperKeys keys = Open();
        keys.MakeCluster(One);
        _files.IsBroken = _ => true;
        Assert.Throws<IOException>(() => keys.MakeCluster(Two));
        Assert.Throws<IOException>(keys.MakeMaster);
        Assert.Null(keys.SecretsOf(Two));
        Assert.Null(keys.Master);
        _files.IsBroken = _ => false;
        keys.MakeCluster(Two);
        using GatekeeperKeys again = Open();
        Assert.Equal(Encoded(keys.SecretsOf(Two)!), Encoded(again.SecretsOf(Two)!));
    }

    [Fact]
    public void Bytes_that_are_no_record_give_nothing()
    {
        using SecretBytes seed = new(ClusterWorld.Bytes("seed"));
        using ClusterSecrets secrets = new(3, ClusterWorld.Bytes("command"), ClusterWorld.Bytes("root"));
        using SecretBytes written = GatekeeperRecord.Write(seed, new Dictionary<Hash256, ClusterSecrets> { [One] = secrets });
        byte[] good = written.Span.ToArray();
        Assert.Equal([1, 1, .. ClusterWorld.Bytes("seed"), 4, .. One.AsSpan(), 3, 0, 0, 0, .. Encoded(secrets)[4..36], .. ClusterWorld.Bytes("root")], good);
        Assert.True(GatekeeperRecord.TryRead(good, out SecretBytes? read, out Dictionary<Hash256, ClusterSecrets> clusters));
        Assert.Equal(ClusterWorld.Bytes("seed"), read!.Span.ToArray());
        Assert.Equal(Encoded(secrets), Encoded(clusters[One]));
        for (int length = 0; length < good.Length; length++) Refused(good[..length]);
        Refused([.. good, 0]);
        Refused([2, .. good[1..]]);
        Refused([1, 2, .. good[2..]]);
    }

    private static void Refused(byte[] bytes)
    {
        Assert.False(GatekeeperRecord.TryRead(bytes, out SecretBytes? seed, out Dictionary<Hash256, ClusterSecrets> clusters));
        Assert.Null(seed);
        Assert.Empty(clusters);
    }

    private static byte[] Encoded(ClusterSecrets secrets)
    {
        byte[] bytes = new byte[ClusterSecrets.EncodedLength];
        secrets.Write(bytes);
        return bytes;
    }

    private static IEnumerable<object?> Fields(GatekeeperKeys keys) => typeof(GatekeeperKeys).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(field => field.GetValue(keys));

    private GatekeeperKeys Open()
    {
        Assert.Equal(SealError.None, GatekeeperKeys.TryOpen(_files, "/data", new FixedSealing(1), out GatekeeperKeys? keys));
        return keys!;
    }
}
