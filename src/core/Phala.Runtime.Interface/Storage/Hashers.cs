using Phala.Crypto.Hashing;

namespace Phala.Runtime.Interface.Storage;

/// <summary>What the hashers of maps compute.</summary>
public static class Hashers
{
    /// <summary>How many bytes a hasher puts in front of the key, and whether the key follows.</summary>
    private static (int Hash, bool Concat) Shape(Hasher hasher) => hasher switch
    {
        Hasher.Blake2_128 or Hasher.Twox128 => (16, false),
        Hasher.Blake2_256 or Hasher.Twox256 => (32, false),
        Hasher.Blake2_128Concat => (16, true),
        Hasher.Twox64Concat => (8, true),
        Hasher.Identity => (0, true),
        _ => throw new ArgumentOutOfRangeException(nameof(hasher), hasher, "No such hasher."),
    };

    /// <summary>How many bytes a key of a given length becomes.</summary>
    public static int Length(Hasher hasher, int keyLength)
    {
        (int hash, bool concat) = Shape(hasher);
        return concat ? hash + keyLength : hash;
    }

    /// <summary>How many bytes stand before the key, where the key can be read back; null where it can't.</summary>
    public static int? KeyOffset(Hasher hasher)
    {
        (int hash, bool concat) = Shape(hasher);
        return concat ? hash : null;
    }

    /// <summary>Writes what a key becomes.</summary>
    /// <param name="hasher">The hasher.</param>
    /// <param name="key">The encoded key.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(Hasher hasher, ReadOnlySpan<byte> key, Span<byte> destination)
    {
        (int length, bool concat) = Shape(hasher);
        Span<byte> hash = destination[..length];
        switch (hasher)
        {
            case Hasher.Blake2_128 or Hasher.Blake2_128Concat:
                Blake2b.Hash128(key, hash);
                break;
            case Hasher.Blake2_256:
                Blake2b.Hash256(key, hash);
                break;
            case Hasher.Twox64Concat:
                Twox.Hash64(key, hash);
                break;
            case Hasher.Twox128:
                Twox.Hash128(key, hash);
                break;
            case Hasher.Twox256:
                Twox.Hash256(key, hash);
                break;
        }

        if (concat) key.CopyTo(destination[length..]);
    }
}
