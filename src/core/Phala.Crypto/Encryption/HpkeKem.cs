using System.Security.Cryptography;

namespace Phala.Crypto.Encryption;

/// <summary>DHKEM(X25519, HKDF-SHA256) of RFC 9180 §4.1, plain and authenticated.</summary>
internal static class HpkeKem
{
    private const int KeyLength = X25519.KeyLength;

    /// <summary>DeriveKeyPair of RFC 9180 §7.1.3: the private key as a function of key material.</summary>
    internal static void DerivePrivateKey(ReadOnlySpan<byte> keyMaterial, Span<byte> privateKey)
    {
        if (keyMaterial.Length < KeyLength) throw new ArgumentException("Key material has at least 32 bytes.", nameof(keyMaterial));
        Span<byte> key = stackalloc byte[HpkeSuite.HashLength];
        LabeledHkdf.Extract(HpkeSuite.KemId, [], "dkp_prk"u8, keyMaterial, key);
        LabeledHkdf.Expand(HpkeSuite.KemId, key, "sk"u8, [], privateKey);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Encap, or AuthEncap where a sender is given.</summary>
    internal static bool TryEncapsulate(
        ReadOnlySpan<byte> recipient, X25519KeyPair? sender, X25519KeyPair ephemeral, Span<byte> sharedSecret)
    {
        Span<byte> agreed = stackalloc byte[2 * KeyLength];
        bool valid = ephemeral.TryAgree(recipient, agreed[..KeyLength])
            && (sender is null || sender.TryAgree(recipient, agreed[KeyLength..]));
        if (valid)
        {
            ReadOnlySpan<byte> senderKey = sender is null ? [] : sender.PublicKey;
            ExtractAndExpand(agreed, ephemeral.PublicKey, recipient, senderKey, sharedSecret);
        }

        CryptographicOperations.ZeroMemory(agreed);
        return valid;
    }

    /// <summary>Decap, or AuthDecap where the sender's key is not empty.</summary>
    internal static bool TryDecapsulate(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> encapsulation, Span<byte> sharedSecret)
    {
        Span<byte> agreed = stackalloc byte[2 * KeyLength];
        bool valid = recipient.TryAgree(encapsulation, agreed[..KeyLength])
            && (sender.IsEmpty || recipient.TryAgree(sender, agreed[KeyLength..]));
        if (valid) ExtractAndExpand(agreed, encapsulation, recipient.PublicKey, sender, sharedSecret);
        CryptographicOperations.ZeroMemory(agreed);
        return valid;
    }

    /// <summary>The shared secret from the agreed bytes and everything that was agreed on.</summary>
    private static void ExtractAndExpand(
        ReadOnlySpan<byte> agreed, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> sender, Span<byte> sharedSecret)
    {
        Span<byte> context = stackalloc byte[3 * KeyLength];
        encapsulation.CopyTo(context);
        recipient.CopyTo(context[KeyLength..]);
        sender.CopyTo(context[(2 * KeyLength)..]);

        Span<byte> key = stackalloc byte[HpkeSuite.HashLength];
        LabeledHkdf.Extract(HpkeSuite.KemId, [], "eae_prk"u8, agreed[..(KeyLength + sender.Length)], key);
        LabeledHkdf.Expand(HpkeSuite.KemId, key, "shared_secret"u8, context[..((2 * KeyLength) + sender.Length)], sharedSecret);
        CryptographicOperations.ZeroMemory(key);
    }
}
