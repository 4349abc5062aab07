using System.Security.Cryptography;
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
    /// <exception cref="IOException">The file is damaged, or can't be read or written. It is never replaced: peers know the node by it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or written.</exception>
    public static Ed25519KeyPair Open(string folder, Action<Span<byte>> entropy)
    {
        string path = Path.Combine(folder, "network", "secret_ed25519");
        byte[] seed = new byte[SeedLength];
        try
        {
            if (File.Exists(path)) Read(path, seed);
            else
            {
                entropy(seed);
                PrivateFile.Write(path, seed);
            }

            return Ed25519KeyPair.FromSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static void Read(string path, Span<byte> seed)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length != seed.Length) throw new IOException($"{path} is damaged: it does not hold {seed.Length} bytes. Restore it, or remove it for a new identity.");
        file.ReadExactly(seed);
    }

    /// <summary>The id by which peers know the key, such as <c>12D3KooW…</c>.</summary>
    public static string PeerId(Ed25519KeyPair key) => Base58.Encode([.. Prefix, .. key.PublicKey]);
}
