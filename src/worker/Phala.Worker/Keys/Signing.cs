using System.Security.Cryptography;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Keys;

/// <summary>Signatures with fresh entropy.</summary>
internal static class Signing
{
    /// <summary>Signs in the context <c>substrate</c>.</summary>
    public static Sr25519SignatureBytes Sign(Sr25519KeyPair keys, ReadOnlySpan<byte> message)
    {
        Span<byte> entropy = stackalloc byte[Sr25519.EntropyLength], signature = stackalloc byte[Sr25519.SignatureLength];
        RandomNumberGenerator.Fill(entropy);
        keys.Sign(message, entropy, signature);
        CryptographicOperations.ZeroMemory(entropy);
        return new Sr25519SignatureBytes(signature);
    }
}
