using Phala.Crypto.Hashing;

namespace Phala.Crypto.Keys;

/// <summary>
/// SS58, Substrate's way to write an account: Base58 of a network prefix, the account identifier and the beginning of a hash over both.
/// </summary>
/// <remarks>
/// <para>Concept: prefixes 0 to 63 take one byte, 64 to 16,383 two. Accounts are 32 bytes (a public key or a hash of one) or 33 (an ecdsa key), with a checksum of two bytes,
/// or an index of 1, 2, 4 or 8 bytes, with a checksum of one.</para>
/// <para>Invariant: what is decoded encodes to the same text again.</para>
/// <para>Trust: a checked address was written as it was meant, but for one typing error in 65,536, and for the network of its prefix. It does not tell that anyone holds its key.</para>
/// </remarks>
public static class Ss58
{
    /// <summary>The prefix for no network in particular.</summary>
    public const int GenericPrefix = 42;

    /// <summary>Phala's prefix.</summary>
    public const int PhalaPrefix = 30;

    /// <summary>The greatest prefix.</summary>
    public const int MaxPrefix = 16_383;

    /// <summary>The longest account in bytes.</summary>
    public const int MaxAccountLength = 33;

    private const int MaxEncodedLength = 2 + MaxAccountLength + 2;

    /// <summary>Whether a prefix may be used: from 0 to 16,383, but for 46 and 47.</summary>
    public static bool IsValidPrefix(int prefix) => prefix is >= 0 and <= MaxPrefix and not (46 or 47);

    /// <summary>Writes an account as an address.</summary>
    /// <param name="account">1, 2, 4, 8, 32 or 33 bytes.</param>
    /// <param name="prefix">The network's prefix.</param>
    /// <exception cref="ArgumentOutOfRangeException">The account has another length, or the prefix may not be used.</exception>
    public static string Encode(ReadOnlySpan<byte> account, int prefix)
    {
        if (!IsAccountLength(account.Length)) throw new ArgumentOutOfRangeException(nameof(account), account.Length, "An account takes 1, 2, 4, 8, 32 or 33 bytes.");
        if (!IsValidPrefix(prefix)) throw new ArgumentOutOfRangeException(nameof(prefix), prefix, "A prefix is from 0 to 16,383, but neither 46 nor 47.");

        Span<byte> encoded = stackalloc byte[MaxEncodedLength], hash = stackalloc byte[64];
        int prefixLength = prefix < 64 ? 1 : 2;
        encoded[0] = (byte)(prefix < 64 ? prefix : 0x40 | ((prefix >> 2) & 0x3F));
        if (prefixLength == 2) encoded[1] = (byte)((prefix >> 8) | ((prefix & 3) << 6));
        account.CopyTo(encoded[prefixLength..]);

        int body = prefixLength + account.Length, checksum = ChecksumLength(account.Length);
        Hash(encoded[..body], hash);
        hash[..checksum].CopyTo(encoded[body..]);
        return Base58.Encode(encoded[..(body + checksum)]);
    }

    /// <summary>Reads an address of any network.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="account">Receives the account at its beginning; at least 33 bytes.</param>
    /// <param name="length">How many bytes the account has.</param>
    /// <param name="prefix">The network's prefix.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the longest account.</exception>
    public static Ss58Error TryDecode(ReadOnlySpan<char> text, Span<byte> account, out int length, out int prefix)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(account.Length, MaxAccountLength, nameof(account));
        (length, prefix) = (0, 0);
        Span<byte> encoded = stackalloc byte[MaxEncodedLength], hash = stackalloc byte[64];
        Base58Error error = Base58.TryDecode(text, encoded, out int total);
        if (error != Base58Error.None) return error == Base58Error.TooLong ? Ss58Error.BadLength : Ss58Error.BadBase58;
        if (total < 3) return Ss58Error.BadLength;

        byte first = encoded[0];
        if (first >= 0x80) return Ss58Error.ReservedPrefix;
        int prefixLength = first < 0x40 ? 1 : 2;
        prefix = first < 0x40 ? first : ((first & 0x3F) << 2) | (encoded[1] >> 6) | ((encoded[1] & 0x3F) << 8);
        if (!IsValidPrefix(prefix)) return Ss58Error.ReservedPrefix;
        if (prefixLength == 2 && prefix < 64) return Ss58Error.PrefixNotShortest;

        int checksum = total - prefixLength >= 32 + 2 ? 2 : 1, body = total - checksum;
        length = body - prefixLength;
        if (!IsAccountLength(length) || ChecksumLength(length) != checksum) return Ss58Error.BadLength;
        Hash(encoded[..body], hash);
        if (!encoded[body..total].SequenceEqual(hash[..checksum])) return Ss58Error.BadChecksum;

        encoded[prefixLength..body].CopyTo(account);
        return Ss58Error.None;
    }

    /// <summary>Reads the address of a 32-byte account of one network.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="expectedPrefix">The network's prefix.</param>
    /// <param name="account">Receives 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The account has another length.</exception>
    public static Ss58Error TryDecode(ReadOnlySpan<char> text, int expectedPrefix, Span<byte> account)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(account.Length, 32, nameof(account));
        Span<byte> any = stackalloc byte[MaxAccountLength];
        Ss58Error error = TryDecode(text, any, out int length, out int prefix);
        if (error != Ss58Error.None) return error;
        if (prefix != expectedPrefix) return Ss58Error.UnexpectedPrefix;
        if (length != account.Length) return Ss58Error.BadLength;
        any[..length].CopyTo(account);
        return Ss58Error.None;
    }

    private static bool IsAccountLength(int length) => length is 1 or 2 or 4 or 8 or 32 or 33;

    private static int ChecksumLength(int accountLength) => accountLength >= 32 ? 2 : 1;

    private static void Hash(ReadOnlySpan<byte> body, Span<byte> hash)
    {
        Blake2bState state = Blake2bState.Create(64);
        state.Append("SS58PRE"u8);
        state.Append(body);
        state.Finish(hash);
    }
}
