using System.Security.Cryptography;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Terminal.Keys;

/// <summary>A secret key of any scheme, with its account. Dispose of it to clear the secret.</summary>
public sealed class AccountKey : IDisposable
{
    private readonly IDisposable _secret;
    private readonly Func<byte[], byte[]> _sign;

    private AccountKey(byte[] publicKey, byte[] account, IDisposable secret, Func<byte[], byte[]> sign)
    {
        PublicKey = publicKey;
        Account = account;
        _secret = secret;
        _sign = sign;
    }

    /// <summary>32 bytes, or the 33 of a compressed ecdsa key.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The account identifier, 32 bytes.</summary>
    public byte[] Account { get; }

    /// <summary>Opens the key that a secret URI names.</summary>
    /// <param name="secret">The secret URI.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="key">The key, or null.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public static string? TryOpen(string secret, KeyScheme scheme, out AccountKey? key)
    {
        key = null;
        SecretUriError error = SecretUri.TryParse(secret, out SecretUri uri);
        if (error != SecretUriError.None) return Explain(error, secret);
        switch (scheme)
        {
            case KeyScheme.Sr25519:
                key = FromSr25519(uri.DeriveSr25519());
                return null;
            case KeyScheme.Ed25519:
                error = uri.TryDeriveEd25519(out Ed25519KeyPair? edwards);
                if (edwards is not null) key = FromEd25519(edwards);
                break;
            default:
                error = uri.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa);
                if (ecdsa is not null) key = FromEcdsa(ecdsa);
                break;
        }

        return error == SecretUriError.None ? null : Explain(error, secret);
    }

    /// <summary>Signs a message.</summary>
    public byte[] Sign(byte[] message) => _sign(message);

    /// <inheritdoc/>
    public void Dispose() => _secret.Dispose();

    private static AccountKey FromSr25519(Sr25519KeyPair pair) => new(pair.PublicKey.ToArray(), pair.PublicKey.ToArray(), pair, message =>
    {
        byte[] signature = new byte[Sr25519.SignatureLength];
        pair.Sign(message, RandomNumberGenerator.GetBytes(Sr25519.EntropyLength), signature);
        return signature;
    });

    private static AccountKey FromEd25519(Ed25519KeyPair pair) => new(pair.PublicKey.ToArray(), pair.PublicKey.ToArray(), pair, message =>
    {
        byte[] signature = new byte[Ed25519.SignatureLength];
        pair.Sign(message, signature);
        return signature;
    });

    private static AccountKey FromEcdsa(Secp256k1KeyPair pair)
    {
        byte[] publicKey = new byte[Secp256k1PublicKey.CompressedLength], account = new byte[SubstrateEcdsa.AccountLength];
        pair.PublicKey.Encode(publicKey);
        SubstrateEcdsa.WriteAccount(pair.PublicKey, account);
        return new AccountKey(publicKey, account, pair, message =>
        {
            byte[] signature = new byte[EcdsaSecp256k1.RecoverableSignatureLength];
            pair.Sign(message, signature);
            return signature;
        });
    }

    private static string Explain(SecretUriError error, string secret) => error switch
    {
        SecretUriError.BadPhrase => $"The secret phrase is not valid ({ExplainPhrase(secret)}). It has 12, 15, 18, 21 or 24 words of the English BIP-39 list, separated by single spaces.",
        SecretUriError.BadSeed => "After 0x the secret must have 64 hexadecimal digits.",
        SecretUriError.BadPath => "The derivation path is not valid: write //hard or /soft junctions, such as //polkadot//0, and a password after ///.",
        SecretUriError.SoftJunction => "This scheme derives hard junctions only: write // instead of /.",
        _ => "No key of this scheme can be derived from the secret.",
    };

    private static string ExplainPhrase(string secret)
    {
        int path = secret.IndexOf('/', StringComparison.Ordinal);
        MnemonicError error = Mnemonic.TryRead(path < 0 ? secret : secret[..path], new byte[Mnemonic.MaxEntropyLength], out _);
        return error switch
        {
            MnemonicError.BadWordCount => "another number of words",
            MnemonicError.UnknownWord => "a word is not in the list",
            _ => "the checksum does not fit: a word is wrong or misplaced",
        };
    }
}
