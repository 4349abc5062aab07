using Phala.Crypto;
using Xunit;

namespace Phala.Tests.Crypto;

public sealed class SecretBytesTests
{
    [Fact]
    public void DisposalZeroesTheBytesAndForbidsTheirUse()
    {
        SecretBytes secret = new([1, 2, 3]);
        Span<byte> view = secret.Span;
        Assert.Equal([1, 2, 3], view.ToArray());
        secret.Dispose();
        Assert.Equal([0, 0, 0], view.ToArray());
        Assert.Throws<ObjectDisposedException>(() => secret.Span.Length);
        secret.Dispose();
    }

    [Fact]
    public void TheBytesStayWhereTheyAre()
    {
        using SecretBytes secret = new([1, 2, 3]);
        nint before = Address(secret);
        for (int round = 0; round < 3; round++)
        {
            _ = new byte[100_000];
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        Assert.Equal(before, Address(secret));
    }

    [Fact]
    public void EqualityComparesTheWholeAndNeverThrowsOnLengths()
    {
        using SecretBytes secret = new([1, 2, 3]), same = new([1, 2, 3]), other = new([1, 2, 4]);
        Assert.True(secret.FixedTimeEquals(same));
        Assert.False(secret.FixedTimeEquals(other));
        Assert.False(secret.FixedTimeEquals([1, 2]));
        Assert.False(secret.FixedTimeEquals([1, 2, 3, 0]));
        Assert.False(secret.FixedTimeEquals([0, 2, 3]));
    }

    [Fact]
    public void TextShowsTheLengthAlone()
    {
        using SecretBytes secret = new([0xAB, 0xCD]);
        Assert.Equal("SecretBytes(2)", secret.ToString());
    }

    [Fact]
    public void ANewSecretIsZero()
    {
        using SecretBytes secret = new(64);
        Assert.Equal(new byte[64], secret.Span.ToArray());
        Assert.Equal(64, secret.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretBytes(-1));
    }

    private static nint Address(SecretBytes secret) => System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Array(secret), 0);

    private static byte[] Array(SecretBytes secret) =>
        (byte[])typeof(SecretBytes).GetField("_bytes", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(secret)!;
}
