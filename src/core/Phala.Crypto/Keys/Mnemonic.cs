using System.Security.Cryptography;
using System.Text;

namespace Phala.Crypto.Keys;

/// <summary>
/// BIP-39 in English: entropy of 16 to 32 bytes as 12 to 24 words, and the seeds that follow from it.
/// </summary>
/// <remarks>
/// <para>Concept: entropy and a checksum of one bit per four bytes are cut into pieces of 11 bits, each of which names a word. Substrate derives its seed from the entropy,
/// the standard from the text; the same phrase therefore gives different keys in the two.</para>
/// <para>Invariant: a phrase and its entropy determine each other.</para>
/// <para>Trust: a phrase that passes was written down right, but for one error in 16 with 12 words. Reading and writing words takes time that depends on them:
/// it belongs to where a person types, not to where an adversary measures.</para>
/// <para>Text that is not ASCII must come in Unicode's normalization form KD, in UTF-8. It is not normalized here: the runtime does not do it under invariant globalization.</para>
/// </remarks>
public static class Mnemonic
{
    /// <summary>The most bytes of entropy.</summary>
    public const int MaxEntropyLength = 32;

    /// <summary>The longest phrase in characters: 24 words of 8 letters.</summary>
    public const int MaxTextLength = (24 * 9) - 1;

    /// <summary>The length of the seed that keys are made of in Substrate.</summary>
    public const int SubstrateSeedLength = 32;

    /// <summary>The length of the standard's seed.</summary>
    public const int StandardSeedLength = 64;

    private const int Rounds = 2048;
    private const int BitsPerWord = 11;

    /// <summary>Writes entropy as words.</summary>
    /// <param name="entropy">16, 20, 24, 28 or 32 bytes.</param>
    /// <param name="phrase">Receives the phrase at its beginning; at least <see cref="MaxTextLength"/> characters.</param>
    /// <returns>The phrase's length.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The entropy has another length, or there is too little room.</exception>
    public static int Write(ReadOnlySpan<byte> entropy, Span<char> phrase)
    {
        if (entropy.Length is not (16 or 20 or 24 or 28 or 32)) throw new ArgumentOutOfRangeException(nameof(entropy), entropy.Length, "Entropy takes 16, 20, 24, 28 or 32 bytes.");
        ArgumentOutOfRangeException.ThrowIfLessThan(phrase.Length, MaxTextLength, nameof(phrase));
        Span<byte> bits = stackalloc byte[MaxEntropyLength + 1];
        entropy.CopyTo(bits);
        bits[entropy.Length] = Checksum(entropy);

        int length = 0, words = entropy.Length * 3 / 4;
        for (int word = 0; word < words; word++)
        {
            if (word > 0) phrase[length++] = ' ';
            string text = WordList.English[ReadBits(bits, word)];
            text.CopyTo(phrase[length..]);
            length += text.Length;
        }

        CryptographicOperations.ZeroMemory(bits);
        return length;
    }

    /// <summary>Reads words.</summary>
    /// <param name="phrase">Any text.</param>
    /// <param name="entropy">Receives the entropy at its beginning; at least 32 bytes.</param>
    /// <param name="length">How many bytes of entropy there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static MnemonicError TryRead(ReadOnlySpan<char> phrase, Span<byte> entropy, out int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entropy.Length, MaxEntropyLength, nameof(entropy));
        length = 0;
        int words = phrase.Count(' ') + 1;
        if (words is not (12 or 15 or 18 or 21 or 24)) return MnemonicError.BadWordCount;

        Span<byte> bits = stackalloc byte[MaxEntropyLength + 1];
        bits.Clear();
        int at = 0;
        foreach (Range range in phrase.Split(' '))
        {
            if (!WordList.English.TryFind(phrase[range], out int index)) return MnemonicError.UnknownWord;
            WriteBits(bits, at++, index);
        }

        int bytes = words * 4 / 3, checksumBits = words / 3;
        byte expected = (byte)(Checksum(bits[..bytes]) & (0xFF << (8 - checksumBits)));
        bool matches = bits[bytes] == expected;
        if (matches)
        {
            bits[..bytes].CopyTo(entropy);
            length = bytes;
        }

        CryptographicOperations.ZeroMemory(bits);
        return matches ? MnemonicError.None : MnemonicError.BadChecksum;
    }

    /// <summary>Substrate's seed: PBKDF2-HMAC-SHA-512 over the entropy itself, of which the first 32 bytes are used.</summary>
    /// <param name="entropy">The entropy.</param>
    /// <param name="password">The password in UTF-8, or nothing.</param>
    /// <param name="seed">Receives 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed has another length.</exception>
    public static void WriteSubstrateSeed(ReadOnlySpan<byte> entropy, ReadOnlySpan<byte> password, Span<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SubstrateSeedLength, nameof(seed));
        Stretch(entropy, password, seed);
    }

    /// <summary>The standard's seed: PBKDF2-HMAC-SHA-512 over the phrase.</summary>
    /// <param name="phrase">The phrase, which must have been read without error.</param>
    /// <param name="password">The password in UTF-8, or nothing.</param>
    /// <param name="seed">Receives 64 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed has another length.</exception>
    public static void WriteStandardSeed(ReadOnlySpan<char> phrase, ReadOnlySpan<byte> password, Span<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, StandardSeedLength, nameof(seed));
        using SecretBytes text = new(Encoding.UTF8.GetByteCount(phrase));
        Encoding.UTF8.GetBytes(phrase, text.Span);
        Stretch(text.Span, password, seed);
    }

    private static void Stretch(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> password, Span<byte> seed)
    {
        using SecretBytes salt = new("mnemonic"u8.Length + password.Length);
        "mnemonic"u8.CopyTo(salt.Span);
        password.CopyTo(salt.Span["mnemonic"u8.Length..]);
        Rfc2898DeriveBytes.Pbkdf2(secret, salt.Span, seed, Rounds, HashAlgorithmName.SHA512);
    }

    /// <summary>The first byte of the entropy's SHA-256; its upper bits are the checksum.</summary>
    private static byte Checksum(ReadOnlySpan<byte> entropy)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        return hash[0];
    }

    private static int ReadBits(ReadOnlySpan<byte> bits, int word)
    {
        int value = 0;
        for (int bit = BitsPerWord * word; bit < BitsPerWord * (word + 1); bit++) value = (value << 1) | ((bits[bit / 8] >> (7 - (bit % 8))) & 1);
        return value;
    }

    private static void WriteBits(Span<byte> bits, int word, int value)
    {
        for (int bit = 0; bit < BitsPerWord; bit++)
        {
            int at = (BitsPerWord * word) + bit;
            bits[at / 8] |= (byte)(((value >> (BitsPerWord - 1 - bit)) & 1) << (7 - (at % 8)));
        }
    }
}
