using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;

namespace Phala.Crypto.Keys;

/// <summary>
/// Substrate's secret URI, <c>phrase//hard/soft///password</c>: a root secret and a path of derivations from it. The root is a mnemonic, or 0x and 64 hexadecimal digits,
/// or nothing, which stands for the phrase that all development chains share.
/// </summary>
/// <remarks>
/// <para>Concept: the root gives a seed of 32 bytes (see <see cref="Mnemonic.WriteSubstrateSeed"/>), the seed a key pair, and each junction a child of the last one.</para>
/// <para>Invariant: a value made by <see cref="TryParse"/> has a good path, and a root that gives a seed. It is a view of the caller's text, which stays the caller's to clear.</para>
/// <para>Trust: equal texts give equal keys, those of polkadot.js and subkey. Text is taken as it comes and not normalized: type what is not ASCII in the same form everywhere.
/// The password plays no part with a hexadecimal root.</para>
/// </remarks>
public readonly ref struct SecretUri
{
    /// <summary>The phrase of development accounts, known to everyone.</summary>
    public const string DevelopmentPhrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    /// <summary>The length of a seed in bytes.</summary>
    public const int SeedLength = 32;

    private readonly ReadOnlySpan<char> _root;
    private readonly ReadOnlySpan<char> _password;

    private SecretUri(ReadOnlySpan<char> root, ReadOnlySpan<char> path, ReadOnlySpan<char> password)
    {
        _root = root;
        Path = path;
        _password = password;
    }

    /// <summary>The junctions, as they stand in the text.</summary>
    public ReadOnlySpan<char> Path { get; }

    private static ReadOnlySpan<byte> Ed25519Label => "Ed25519HDKD"u8;

    private static ReadOnlySpan<byte> Secp256k1Label => "Secp256k1HDKD"u8;

    /// <summary>Reads a secret URI.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="uri">A view of the text, of no use where an error is returned.</param>
    public static SecretUriError TryParse(ReadOnlySpan<char> text, out SecretUri uri)
    {
        uri = default;
        int passwordAt = text.IndexOf("///", StringComparison.Ordinal);
        ReadOnlySpan<char> password = passwordAt < 0 ? default : text[(passwordAt + 3)..];
        ReadOnlySpan<char> rest = passwordAt < 0 ? text : text[..passwordAt];
        int pathAt = rest.IndexOf('/');
        ReadOnlySpan<char> root = pathAt < 0 ? rest : rest[..pathAt], path = pathAt < 0 ? default : rest[pathAt..];

        ReadOnlySpan<char> junctions = path;
        while (!junctions.IsEmpty)
        {
            if (!DerivationJunction.TryTake(ref junctions, out _)) return SecretUriError.BadPath;
        }

        SecretUriError error = CheckRoot(root);
        if (error == SecretUriError.None) uri = new SecretUri(root.IsEmpty ? DevelopmentPhrase : root, path, password);
        return error;
    }

    /// <summary>Writes the root's seed, which the path begins from.</summary>
    /// <param name="seed">Receives 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed has another length.</exception>
    public void WriteRootSeed(Span<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength, nameof(seed));
        if (IsHexadecimal(_root))
        {
            Convert.FromHexString(_root[2..], seed, out _, out _);
            return;
        }

        using SecretBytes entropy = new(Mnemonic.MaxEntropyLength), password = new(Encoding.UTF8.GetByteCount(_password));
        Encoding.UTF8.GetBytes(_password, password.Span);
        Mnemonic.TryRead(_root, entropy.Span, out int length);
        Mnemonic.WriteSubstrateSeed(entropy.Span[..length], password.Span, seed);
    }

    /// <summary>Derives the sr25519 key at the end of the path.</summary>
    public Sr25519KeyPair DeriveSr25519()
    {
        using SecretBytes seed = new(SeedLength);
        WriteRootSeed(seed.Span);
        Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(seed.Span);
        Span<byte> chainCode = stackalloc byte[DerivationJunction.ChainCodeLength];
        ReadOnlySpan<char> path = Path;
        while (DerivationJunction.TryTake(ref path, out DerivationJunction junction))
        {
            junction.WriteChainCode(chainCode);
            Sr25519KeyPair child = junction.IsHard ? pair.DeriveHard(chainCode) : pair.DeriveSoft(chainCode);
            pair.Dispose();
            pair = child;
        }

        return pair;
    }

    /// <summary>Derives the ed25519 key at the end of the path, whose junctions must be hard.</summary>
    /// <param name="pair">The key pair, or null where an error is returned.</param>
    public SecretUriError TryDeriveEd25519(out Ed25519KeyPair? pair)
    {
        pair = null;
        using SecretBytes seed = new(SeedLength);
        if (!TryDeriveSeed(Ed25519Label, seed.Span)) return SecretUriError.SoftJunction;
        pair = Ed25519KeyPair.FromSeed(seed.Span);
        return SecretUriError.None;
    }

    /// <summary>Derives the ecdsa key at the end of the path, whose junctions must be hard.</summary>
    /// <param name="pair">The key pair, or null where an error is returned.</param>
    public SecretUriError TryDeriveEcdsa(out Secp256k1KeyPair? pair)
    {
        pair = null;
        using SecretBytes seed = new(SeedLength);
        if (!TryDeriveSeed(Secp256k1Label, seed.Span)) return SecretUriError.SoftJunction;
        return Secp256k1KeyPair.TryFromSecret(seed.Span, out pair) ? SecretUriError.None : SecretUriError.BadKey;
    }

    /// <summary>Writes the seed at the end of a path of hard junctions: each time BLAKE2b-256 of the SCALE encoded label, seed and chain code.</summary>
    private bool TryDeriveSeed(ReadOnlySpan<byte> label, Span<byte> seed)
    {
        WriteRootSeed(seed);
        Span<byte> chainCode = stackalloc byte[DerivationJunction.ChainCodeLength];
        ReadOnlySpan<char> path = Path;
        while (DerivationJunction.TryTake(ref path, out DerivationJunction junction))
        {
            if (!junction.IsHard) return false;
            junction.WriteChainCode(chainCode);
            Blake2bState state = Blake2bState.Create(SeedLength);
            state.Append([(byte)(label.Length << 2)]);
            state.Append(label);
            state.Append(seed);
            state.Append(chainCode);
            state.Finish(seed);
            state.Clear();
        }

        return true;
    }

    private static SecretUriError CheckRoot(ReadOnlySpan<char> root)
    {
        if (root.IsEmpty) return SecretUriError.None;
        Span<byte> secret = stackalloc byte[Mnemonic.MaxEntropyLength];
        SecretUriError error = SecretUriError.None;
        if (!IsHexadecimal(root))
        {
            if (Mnemonic.TryRead(root, secret, out _) != MnemonicError.None) error = SecretUriError.BadPhrase;
        }
        else if (root.Length != 2 + (2 * SeedLength) || Convert.FromHexString(root[2..], secret, out _, out _) != OperationStatus.Done)
        {
            error = SecretUriError.BadSeed;
        }

        CryptographicOperations.ZeroMemory(secret);
        return error;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> root) => root.StartsWith("0x", StringComparison.Ordinal);
}
