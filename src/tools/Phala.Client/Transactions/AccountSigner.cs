using System.Security.Cryptography;
using Phala.Chain;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Client.Transactions;

/// <summary>An account that can sign: a secret key of any of the three schemes. Safe on any thread. Disposing of it clears the secret.</summary>
public sealed class AccountSigner : IDisposable
{
    private readonly IDisposable _secret;
    private readonly Signing _sign;

    private AccountSigner(SignatureScheme scheme, ReadOnlySpan<byte> account, IDisposable secret, Signing sign) =>
        (Scheme, Account, _secret, _sign) = (scheme, new AccountId(account), secret, sign);

    private delegate void Signing(ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>The scheme.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>The account's address.</summary>
    public MultiAddress Address => MultiAddress.Id(Account);

    /// <summary>Signs with an sr25519 key, which is the signer's from now on.</summary>
    /// <param name="pair">The key.</param>
    /// <param name="fill">Fills a span with random bytes; null for the system's. Without entropy signatures are as good, but show when the same is signed again.</param>
    public static AccountSigner Of(Sr25519KeyPair pair, Action<Span<byte>>? fill = null) => new(SignatureScheme.Sr25519, pair.PublicKey, pair, (message, signature) =>
    {
        Span<byte> entropy = stackalloc byte[Sr25519.EntropyLength];
        if (fill is null) RandomNumberGenerator.Fill(entropy);
        else fill(entropy);
        pair.Sign(message, entropy, signature);
    });

    /// <summary>Signs with an ed25519 key, which is the signer's from now on.</summary>
    public static AccountSigner Of(Ed25519KeyPair pair) => new(SignatureScheme.Ed25519, pair.PublicKey, pair, pair.Sign);

    /// <summary>Signs with an ECDSA key, which is the signer's from now on.</summary>
    public static AccountSigner Of(Secp256k1KeyPair pair)
    {
        Span<byte> account = stackalloc byte[SubstrateEcdsa.AccountLength];
        SubstrateEcdsa.WriteAccount(pair.PublicKey, account);
        return new AccountSigner(SignatureScheme.Ecdsa, account, pair, pair.Sign);
    }

    /// <summary>Opens the key of a secret URI: a phrase or seed, junctions, a password; <c>//Alice</c> for the development account.</summary>
    /// <param name="uri">The secret URI.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="signer">The signer; null where the text is no such URI.</param>
    public static SecretUriError TryOpen(ReadOnlySpan<char> uri, SignatureScheme scheme, out AccountSigner? signer)
    {
        signer = null;
        SecretUriError error = SecretUri.TryParse(uri, out SecretUri secret);
        if (error != SecretUriError.None) return error;
        switch (scheme)
        {
            case SignatureScheme.Sr25519:
                signer = Of(secret.DeriveSr25519());
                break;
            case SignatureScheme.Ed25519:
                error = secret.TryDeriveEd25519(out Ed25519KeyPair? edwards);
                if (edwards is not null) signer = Of(edwards);
                break;
            default:
                error = secret.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa);
                if (ecdsa is not null) signer = Of(ecdsa);
                break;
        }

        return error;
    }

    /// <summary>One of the development accounts, whose secrets everybody knows.</summary>
    /// <param name="name">One of <see cref="DevAccounts.Names"/>.</param>
    /// <exception cref="ArgumentException">No development account has this name.</exception>
    public static AccountSigner Development(string name) => Of(DevAccounts.Open(name));

    /// <summary>A key that nobody has had and nobody will have again.</summary>
    public static AccountSigner OneTime()
    {
        Span<byte> seed = stackalloc byte[Sr25519.SeedLength];
        RandomNumberGenerator.Fill(seed);
        AccountSigner signer = Of(Sr25519KeyPair.FromSeed(seed));
        CryptographicOperations.ZeroMemory(seed);
        return signer;
    }

    /// <summary>Signs a message.</summary>
    public MultiSignature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[EcdsaSecp256k1.RecoverableSignatureLength];
        signature = signature[..MultiSignature.LengthOf(Scheme)];
        _sign(message, signature);
        return new MultiSignature(Scheme, signature);
    }

    /// <inheritdoc/>
    public void Dispose() => _secret.Dispose();
}
