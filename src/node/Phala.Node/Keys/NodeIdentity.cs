using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Node.Keys;

/// <summary>The node's identity in the network: an ed25519 key that is made at the first start and kept in a file that only its owner reads.</summary>
public static class NodeIdentity
{
    private const int SeedLength = 32;

    /// <summary>What a peer id begins with: a multihash of a public key that is short enough to stand for itself, and the key's type.</summary>
    private static ReadOnlySpan<byte> Prefix => [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

    /// <summary>Reads the key's file, or makes one.</summary>
    /// <param name="folder">The chain's folder.</param>
    /// <param name="entropy">Fills a span with random bytes that nobody can guess.</param>
    public static Ed25519KeyPair Open(string folder, Action<Span<byte>> entropy)
    {
        string path = Path.Combine(folder, "network", "secret_ed25519");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: SeedLength } kept) return Ed25519KeyPair.FromSeed(kept);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] seed = new byte[SeedLength];
        entropy(seed);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(path, options)) file.Write(seed);
        return Ed25519KeyPair.FromSeed(seed);
    }

    /// <summary>The id by which peers know the key, such as <c>12D3KooW…</c>.</summary>
    public static string PeerId(Ed25519KeyPair key) => Base58.Encode([.. Prefix, .. key.PublicKey]);
}
