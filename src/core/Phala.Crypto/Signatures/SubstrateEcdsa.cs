using System.Security.Cryptography;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Signatures;

/// <summary>Substrate's <c>ecdsa</c> scheme: r ‖ s ‖ v over the BLAKE2b-256 hash of the message, and accounts that are the hash of the compressed key.</summary>
public static class SubstrateEcdsa
{
    /// <summary>The length of an account identifier in bytes.</summary>
    public const int AccountLength = 32;

    /// <summary>What follows an Ethereum address in the account that Phala maps it to.</summary>
    private static ReadOnlySpan<byte> EvmSuffix => "@evm_address"u8;

    /// <summary>Signs a message. False where the secret is zero or not below the group order.</summary>
    /// <param name="secretKey">32 bytes, big-endian.</param>
    /// <param name="message">The message.</param>
    /// <param name="signature">Receives 65 bytes.</param>
    public static bool TrySign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, EcdsaSecp256k1.RecoverableSignatureLength, nameof(signature));
        Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashLength];
        Blake2b.Hash256(message, hash);
        return EcdsaSecp256k1.TrySign(secretKey, hash, signature);
    }

    /// <summary>Verifies a message's signature by an account: the key is recovered, its hash is the account.</summary>
    /// <param name="account">The account identifier, 32 bytes.</param>
    /// <param name="message">The message.</param>
    /// <param name="signature">Any bytes.</param>
    public static EcdsaError Verify(ReadOnlySpan<byte> account, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(account.Length, AccountLength, nameof(account));
        Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashLength], signer = stackalloc byte[AccountLength];
        Blake2b.Hash256(message, hash);
        EcdsaError error = EcdsaSecp256k1.Recover(hash, signature, out Secp256k1PublicKey key);
        if (error != EcdsaError.None) return error;
        WriteAccount(key, signer);
        return CryptographicOperations.FixedTimeEquals(account, signer) ? EcdsaError.None : EcdsaError.WrongSignature;
    }

    /// <summary>The account of a key: BLAKE2b-256 of its compressed form.</summary>
    /// <param name="publicKey">The key.</param>
    /// <param name="account">Receives 32 bytes.</param>
    public static void WriteAccount(in Secp256k1PublicKey publicKey, Span<byte> account)
    {
        Span<byte> key = stackalloc byte[Secp256k1PublicKey.CompressedLength];
        publicKey.Encode(key);
        Blake2b.Hash256(key, account);
    }

    /// <summary>The account that Phala gives an Ethereum wallet: its address and the letters <c>@evm_address</c>.</summary>
    /// <param name="publicKey">The key.</param>
    /// <param name="account">Receives 32 bytes.</param>
    public static void WriteEvmAccount(in Secp256k1PublicKey publicKey, Span<byte> account)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(account.Length, AccountLength, nameof(account));
        Ethereum.EthereumAddress.Write(publicKey, account[..Ethereum.EthereumAddress.Length]);
        EvmSuffix.CopyTo(account[Ethereum.EthereumAddress.Length..]);
    }
}
