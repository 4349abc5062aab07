using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Worker.Files;

namespace Phala.Worker.Sealing;

/// <summary>Keys derived from a file beside what they seal. It protects against mistakes, not against the host: for development.</summary>
public sealed class SoftwareSealing : ISealingProvider, IDisposable
{
    private const string FileName = "insecure-sealing.key";
    private const int Length = 32;
    private readonly SecretBytes _root;

    private SoftwareSealing(SecretBytes root) => _root = root;

    /// <inheritdoc/>
    public string Description => "a key file in the same folder (development)";

    /// <inheritdoc/>
    public bool IsInsecure => true;

    /// <summary>Opens the key file of a folder, or makes it where nothing is sealed there yet.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="mayMake">Whether a missing file is made: not where there is something that only its key opens.</param>
    /// <returns>Null where the file is missing and may not be made, or is damaged.</returns>
    public static SoftwareSealing? TryOpen(IFileSystem files, string folder, bool mayMake)
    {
        string path = Path.Combine(folder, FileName);
        byte[]? content = WholeFile.Read(files, path, Length);
        if (content is null && mayMake)
        {
            content = RandomNumberGenerator.GetBytes(Length);
            WholeFile.Write(files, path, content);
        }

        if (content is not { Length: Length }) return null;
        SecretBytes root = new(content);
        CryptographicOperations.ZeroMemory(content);
        return new SoftwareSealing(root);
    }

    /// <inheritdoc/>
    public void DeriveKey(ReadOnlySpan<byte> purpose, Span<byte> key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _root.Span, key, "phala software sealing v1"u8, purpose);

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();
}
