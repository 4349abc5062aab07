using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>Keys that are the contract's alone, and signing with any key.</summary>
public sealed class ContractKeys
{
    internal ContractKeys()
    {
    }

    /// <summary>Derives a secret key from the cluster's secrets, the contract and a salt: always the same, and nobody else's.</summary>
    /// <returns>64 bytes; a secret key of Sr25519 as they are, and their first 32 a seed of the others.</returns>
    public byte[] Derive(byte[] salt)
    {
        const uint DeriveSr25519Key = 4;
        Encoder input = new(4 + salt.Length);
        input.WriteBytes(salt);
        return Host.CallExtension(DeriveSr25519Key, input, 68, out _).ReadBytes();
    }

    /// <summary>Tells the public key of a secret key.</summary>
    public byte[] PublicKey(SignatureType type, byte[] secret)
    {
        const uint GetPublicKey = 5;
        Encoder input = new(5 + secret.Length);
        input.WriteByte((byte)type);
        input.WriteBytes(secret);
        return Host.CallExtension(GetPublicKey, input, 68, out _).ReadBytes();
    }

    /// <summary>Signs a message.</summary>
    public byte[] Sign(SignatureType type, byte[] secret, byte[] message)
    {
        const uint Sign = 2;
        Encoder input = new(9 + secret.Length + message.Length);
        input.WriteByte((byte)type);
        input.WriteBytes(secret);
        input.WriteBytes(message);
        return Host.CallExtension(Sign, input, 72, out _).ReadBytes();
    }
}
