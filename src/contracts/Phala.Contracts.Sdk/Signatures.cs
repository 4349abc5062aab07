using Phala.Contracts.Hosting;

namespace Phala.Contracts;

/// <summary>Verifies signatures.</summary>
public static class Signatures
{
    /// <summary>Whether a key has signed a message.</summary>
    /// <param name="type">How.</param>
    /// <param name="publicKey">The key.</param>
    /// <param name="message">The message; what ECDSA signs is its BLAKE2b-256 hash.</param>
    /// <param name="signature">The signature.</param>
    public static bool Verify(SignatureType type, byte[] publicKey, byte[] message, byte[] signature)
    {
        const uint Verify = 3;
        Encoder input = new(8 + publicKey.Length + message.Length + signature.Length);
        input.WriteByte((byte)type);
        input.WriteBytes(publicKey);
        input.WriteBytes(message);
        input.WriteBytes(signature);
        return Host.CallExtension(Verify, input, 1, out _).ReadBoolean();
    }
}
