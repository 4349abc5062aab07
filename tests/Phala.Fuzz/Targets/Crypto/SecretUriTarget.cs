using System.Text;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Secret URIs: the whole text is parsed, and keys are derived where the root needs no slow stretching.</summary>
public sealed class SecretUriTarget : FuzzTarget
{
    private static readonly string Root = "0x" + new string('a', 64);
    private static readonly string NoKey = "0x" + new string('0', 64);

    /// <inheritdoc/>
    public override string Name => "secret-uri";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. ((string[])["//Alice", Root, Root + "//Alice//stash", Root + "//hard/soft///password", NoKey + "///a password", SecretUri.DevelopmentPhrase + "//1///é", "/"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<SecretUriError>().Where(name => name != nameof(SecretUriError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 8192 + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        SecretUriError error = SecretUri.TryParse(text, out SecretUri uri);
        if (error == SecretUriError.None && text.StartsWith("0x", StringComparison.Ordinal))
        {
            error = uri.TryDeriveEd25519(out Ed25519KeyPair? ed25519);
            ed25519?.Dispose();
            if (error == SecretUriError.None)
            {
                error = uri.TryDeriveEcdsa(out Secp256k1KeyPair? ecdsa);
                ecdsa?.Dispose();
            }
        }

        return new FuzzOutcome(error != SecretUriError.BadPath, error == SecretUriError.None ? null : error.ToString());
    }
}
