using System.Buffers;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;

namespace Phala.Crypto.Ethereum;

/// <summary>
/// Ethereum's account addresses: the last 20 bytes of Keccak-256 over the public key's two coordinates, written with the checksum of EIP-55,
/// in which the case of the letters carries four bits of a hash per letter.
/// </summary>
/// <remarks>Trust: a checked address was written as it was meant, but for one in about 4,000 with a slip of the pen. It says nothing about who holds the key.</remarks>
public static class EthereumAddress
{
    /// <summary>The length of an address in bytes.</summary>
    public const int Length = 20;

    /// <summary>The length of an address as text: 0x and 40 digits.</summary>
    public const int TextLength = 42;

    private static readonly SearchValues<char> UpperCaseLetters = SearchValues.Create("ABCDEF");
    private static readonly SearchValues<char> LowerCaseLetters = SearchValues.Create("abcdef");

    /// <summary>The address of a public key.</summary>
    /// <param name="publicKey">The key.</param>
    /// <param name="address">Receives 20 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address has another length.</exception>
    public static void Write(in Secp256k1PublicKey publicKey, Span<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, Length, nameof(address));
        Span<byte> key = stackalloc byte[Secp256k1PublicKey.UncompressedLength], hash = stackalloc byte[Keccak256.DigestLength];
        publicKey.Encode(key);
        Keccak256.Hash(key[1..], hash);
        hash[^Length..].CopyTo(address);
    }

    /// <summary>The address as text, with the checksum in the case of its letters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The address is not 20 bytes long.</exception>
    public static string Format(ReadOnlySpan<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, Length, nameof(address));
        Span<char> text = stackalloc char[TextLength];
        Format(address, text);
        return new string(text);
    }

    /// <summary>
    /// Reads 0x and 40 hexadecimal digits. Letters of both cases must stand as the checksum demands; letters of one case carry no checksum and are accepted, as EIP-55 says.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="address">Receives 20 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address has another length.</exception>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, Length, nameof(address));
        if (text.Length != TextLength || !text.StartsWith("0x", StringComparison.Ordinal)) return false;
        if (Convert.FromHexString(text[2..], address, out _, out _) != OperationStatus.Done) return false;
        if (!text[2..].ContainsAny(UpperCaseLetters) || !text[2..].ContainsAny(LowerCaseLetters)) return true;

        Span<char> expected = stackalloc char[TextLength];
        Format(address, expected);
        return text.SequenceEqual(expected);
    }

    private static void Format(ReadOnlySpan<byte> address, Span<char> text)
    {
        Span<byte> digits = stackalloc byte[2 * Length], hash = stackalloc byte[Keccak256.DigestLength];
        for (int at = 0; at < digits.Length; at++) digits[at] = (byte)"0123456789abcdef"[Nibble(address, at)];
        Keccak256.Hash(digits, hash);

        "0x".CopyTo(text);
        for (int at = 0; at < digits.Length; at++)
        {
            char digit = (char)digits[at];
            text[at + 2] = Nibble(hash, at) >= 8 ? char.ToUpperInvariant(digit) : digit;
        }
    }

    private static int Nibble(ReadOnlySpan<byte> bytes, int at) => (bytes[at / 2] >> (at % 2 == 0 ? 4 : 0)) & 15;
}
