using System.Buffers.Binary;
using System.Text;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Ethereum;

/// <summary>
/// Hashes of structs and arrays of EIP-712, value by value: each takes 32 bytes, the long ones as their own hash. Nothing is allocated.
/// </summary>
/// <remarks>
/// <para>Concept: hashStruct(s) = keccak256(typeHash ‖ encodeData(s)), an array is the hash of its elements' 32-byte words, and what a wallet signs is
/// keccak256(0x19 ‖ 0x01 ‖ domain separator ‖ hashStruct(message)).</para>
/// <para>Invariant: the caller adds the members in the order of the type, with the methods named after their types.</para>
/// <para>Trust: a signature of the digest binds the signer to the type, the domain and every value.</para>
/// </remarks>
public ref struct TypedDataEncoder
{
    private const int WordLength = 32;

    private Keccak256 _hash;

    /// <summary>Begins a struct.</summary>
    /// <param name="typeHash">The type's hash, 32 bytes.</param>
    public static TypedDataEncoder ForStruct(ReadOnlySpan<byte> typeHash)
    {
        TypedDataEncoder encoder = default;
        encoder.AddHash(typeHash);
        return encoder;
    }

    /// <summary>Begins an array of any length; its hash goes into the struct with <see cref="AddHash"/>.</summary>
    public static TypedDataEncoder ForArray() => default;

    /// <summary>The digest that is signed.</summary>
    /// <param name="domainSeparator">The domain's struct hash, 32 bytes.</param>
    /// <param name="messageHash">The message's struct hash, 32 bytes.</param>
    /// <param name="digest">Receives 32 bytes.</param>
    public static void WriteDigest(ReadOnlySpan<byte> domainSeparator, ReadOnlySpan<byte> messageHash, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(domainSeparator.Length, WordLength, nameof(domainSeparator));
        ArgumentOutOfRangeException.ThrowIfNotEqual(messageHash.Length, WordLength, nameof(messageHash));
        Keccak256 hash = default;
        hash.Append([0x19, 0x01]);
        hash.Append(domainSeparator);
        hash.Append(messageHash);
        hash.Finish(digest);
    }

    /// <summary>Adds <c>uint8</c> to <c>uint128</c>.</summary>
    public void AddUInt(UInt128 value)
    {
        Span<byte> word = stackalloc byte[WordLength];
        word[..16].Clear();
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], value);
        _hash.Append(word);
    }

    /// <summary>Adds <c>int8</c> to <c>int128</c>, extended by its sign.</summary>
    public void AddInt(Int128 value)
    {
        Span<byte> word = stackalloc byte[WordLength];
        word[..16].Fill((byte)(value < 0 ? 0xFF : 0));
        BinaryPrimitives.WriteInt128BigEndian(word[16..], value);
        _hash.Append(word);
    }

    /// <summary>Adds a <c>uint256</c> or <c>int256</c>.</summary>
    /// <param name="word">32 bytes, big-endian, negative numbers as two's complement.</param>
    public void AddWord(ReadOnlySpan<byte> word)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(word.Length, WordLength, nameof(word));
        _hash.Append(word);
    }

    /// <summary>Adds a <c>bool</c>.</summary>
    public void AddBool(bool value) => AddUInt(value ? 1u : 0u);

    /// <summary>Adds an <c>address</c> of 20 bytes.</summary>
    public void AddAddress(ReadOnlySpan<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, EthereumAddress.Length, nameof(address));
        ReadOnlySpan<byte> zeros = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        _hash.Append(zeros);
        _hash.Append(address);
    }

    /// <summary>Adds <c>bytes1</c> to <c>bytes32</c>, filled up with zeros at the end.</summary>
    public void AddFixedBytes(ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value.Length, nameof(value));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, WordLength, nameof(value));
        Span<byte> word = stackalloc byte[WordLength];
        word.Clear();
        value.CopyTo(word);
        _hash.Append(word);
    }

    /// <summary>Adds <c>bytes</c> of any length, or a <c>string</c> in UTF-8: its hash.</summary>
    public void AddBytes(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[WordLength];
        Keccak256.Hash(value, hash);
        _hash.Append(hash);
    }

    /// <summary>Adds a <c>string</c>: the hash of its UTF-8.</summary>
    public void AddString(ReadOnlySpan<char> value)
    {
        Keccak256 text = default;
        Span<byte> part = stackalloc byte[256], hash = stackalloc byte[WordLength];
        Encoder encoder = Encoding.UTF8.GetEncoder();
        bool completed = false;
        while (!completed)
        {
            encoder.Convert(value, part, flush: true, out int read, out int written, out completed);
            text.Append(part[..written]);
            value = value[read..];
        }

        text.Finish(hash);
        _hash.Append(hash);
    }

    /// <summary>Adds a struct or an array by its hash.</summary>
    /// <param name="hash">What <see cref="Finish"/> of its own encoder gave, 32 bytes.</param>
    public void AddHash(ReadOnlySpan<byte> hash) => AddWord(hash);

    /// <summary>Writes the struct's or array's hash.</summary>
    /// <param name="hash">Receives 32 bytes.</param>
    public void Finish(Span<byte> hash) => _hash.Finish(hash);
}
