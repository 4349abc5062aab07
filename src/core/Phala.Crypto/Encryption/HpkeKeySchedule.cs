using System.Security.Cryptography;

namespace Phala.Crypto.Encryption;

/// <summary>KeySchedule of RFC 9180 §5.1 without pre-shared keys: from the shared secret to AEAD key, first nonce and exporter secret.</summary>
internal static class HpkeKeySchedule
{
    private const byte ModeBase = 0x00, ModeAuth = 0x02;

    /// <summary>Derives what a context holds. Key and nonce are empty spans where the context only exports.</summary>
    internal static void Derive(
        ushort aead, bool authenticated, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info, Span<byte> key, Span<byte> nonce, Span<byte> exporterSecret)
    {
        Span<byte> suite = stackalloc byte[HpkeSuite.IdLength];
        HpkeSuite.WriteId(aead, suite);
        Span<byte> context = stackalloc byte[1 + (2 * HpkeSuite.HashLength)];
        context[0] = authenticated ? ModeAuth : ModeBase;
        LabeledHkdf.Extract(suite, [], "psk_id_hash"u8, [], context[1..(1 + HpkeSuite.HashLength)]);
        LabeledHkdf.Extract(suite, [], "info_hash"u8, info, context[(1 + HpkeSuite.HashLength)..]);

        Span<byte> secret = stackalloc byte[HpkeSuite.HashLength];
        LabeledHkdf.Extract(suite, sharedSecret, "secret"u8, [], secret);
        if (!key.IsEmpty) LabeledHkdf.Expand(suite, secret, "key"u8, context, key);
        if (!nonce.IsEmpty) LabeledHkdf.Expand(suite, secret, "base_nonce"u8, context, nonce);
        LabeledHkdf.Expand(suite, secret, "exp"u8, context, exporterSecret);
        CryptographicOperations.ZeroMemory(secret);
    }
}
