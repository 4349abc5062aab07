using System.Diagnostics.CodeAnalysis;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.Network.Messages;

namespace Phala.Node.Network.Addresses;

/// <summary>Who a peer is: the ed25519 key by which it proves itself. In text the key's multihash in base58, <c>12D3KooW…</c>.</summary>
internal readonly record struct PeerId
{
    private const int TypeField = 1, DataField = 2;
    private const ulong Ed25519Type = 1;

    private readonly string _text;

    private PeerId(byte[] publicKey)
    {
        PublicKey = publicKey;
        byte[] encoded = EncodeKey(publicKey);

        // A multihash whose function is "identity": the encoded key is short enough to stand for itself.
        _text = Base58.Encode([0x00, (byte)encoded.Length, .. encoded]);
    }

    /// <summary>The key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The multihash.</summary>
    public byte[] ToBytes()
    {
        byte[] encoded = EncodeKey(PublicKey.Span);
        return [0x00, (byte)encoded.Length, .. encoded];
    }

    /// <summary>The id of a key.</summary>
    public static PeerId Of(ReadOnlySpan<byte> publicKey) => new(publicKey.ToArray());

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PeerId? id)
    {
        id = null;
        Span<byte> bytes = stackalloc byte[64];
        if (text.Length > Base58.MaxTextLength(bytes.Length) - 1 || Base58.TryDecode(text, bytes, out int length) != Base58Error.None) return false;
        if (length < 2 || bytes[0] != 0 || bytes[1] != length - 2 || TryDecodeKey(bytes[2..length], out byte[] key) != ProtobufError.None) return false;
        id = new PeerId(key);
        return id.Value._text == text;
    }

    /// <summary>A public key as libp2p writes it: its type, and itself.</summary>
    public static byte[] EncodeKey(ReadOnlySpan<byte> publicKey) => new ProtobufWriter().Number(TypeField, Ed25519Type).Bytes(DataField, publicKey).ToArray();

    /// <summary>Reads a public key as libp2p writes it; other types than ed25519 are bad values.</summary>
    public static ProtobufError TryDecodeKey(ReadOnlySpan<byte> encoded, out byte[] publicKey)
    {
        publicKey = [];
        ulong? type = null;
        ProtobufReader reader = new(encoded);
        while (reader.TryNext())
        {
            if (reader.Field == TypeField && reader.TryNumber(ulong.MaxValue, out ulong number)) type = number;
            if (reader.Field == DataField && reader.TryBytes(out ReadOnlySpan<byte> data)) publicKey = data.Length == Ed25519.PublicKeyLength ? data.ToArray() : [];
        }

        if (reader.Error != ProtobufError.None) return reader.Error;
        return type == Ed25519Type && publicKey.Length > 0 ? ProtobufError.None : ProtobufError.BadValue;
    }

    /// <inheritdoc/>
    public bool Equals(PeerId other) => _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
