namespace Phala.Node.Keys;

/// <summary>The node's keys on disk, where Substrate's node keeps them: one file for each in the chain's folder, which nobody but the owner reads.</summary>
/// <param name="folder">The folder of the files.</param>
public sealed class Keystore(string folder)
{
    private const int LongestFile = 1 << 16;

    /// <summary>The keystore of a chain.</summary>
    /// <param name="chainFolder">The chain's folder.</param>
    public static Keystore Of(string chainFolder) => new(Path.Combine(chainFolder, "keystore"));

    /// <summary>The folder of the files.</summary>
    public string Folder => folder;

    /// <summary>Keeps a key, wholly or not at all.</summary>
    /// <param name="type">Its type, of <see cref="KeyTypes"/>.</param>
    /// <param name="publicKey">Its public key.</param>
    /// <param name="secretUri">Its secret.</param>
    /// <returns>Why it could not be kept, in words; null if it was.</returns>
    public string? Keep(string type, ReadOnlySpan<byte> publicKey, string secretUri)
    {
        try
        {
            PrivateFile.Write(Path.Combine(folder, KeyFile.NameOf(type, publicKey)), KeyFile.Write(secretUri));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The key can't be kept in {folder}: {exception.Message}";
        }
    }

    /// <summary>Adds all keys to those of the node.</summary>
    /// <param name="keys">Receives the keys.</param>
    /// <param name="password">The password of the secrets; null for none.</param>
    /// <returns>Which file is wrong, and what helps; null if none is.</returns>
    public string? Load(AuthorityKeys keys, string? password)
    {
        try
        {
            if (!Directory.Exists(folder)) return null;
            foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            {
                if (!KeyFile.TryReadName(Path.GetFileName(path), out string? type, out byte[] publicKey)) continue;
                byte[] content = new FileInfo(path).Length > LongestFile ? [] : File.ReadAllBytes(path);
                KeyFileError error = KeyFile.Read(content, type, publicKey, password, keys);
                if (error != KeyFileError.None) return Describe(path, type, error);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The keystore {folder} can't be read: {exception.Message}";
        }
    }

    private static string Describe(string path, string type, KeyFileError error)
    {
        string what = error switch
        {
            KeyFileError.NoJsonText => "it is not a secret in quotation marks (a JSON text)",
            KeyFileError.BadSecret => "what it holds is no secret phrase or URI",
            _ => "its secret leads to another key than its name says; if the secret has a password, give it with --password-filename or --password-interactive",
        };
        return $"The key file {path} is damaged: {what}. Restore the file, or remove it and insert the key again with 'phala-node key insert --key-type {type}'.";
    }
}
