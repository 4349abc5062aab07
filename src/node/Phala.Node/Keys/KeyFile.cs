using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Node.Keys;

/// <summary>A file of the keystore, in Substrate's form: the name is the key's type and public key in hexadecimal, the content a JSON text with the secret phrase or URI.</summary>
public static class KeyFile
{
    private const int PublicKeyLength = 32, TypeLength = 4;

    /// <summary>The name of a key's file.</summary>
    public static string NameOf(string type, ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(type)) + Convert.ToHexStringLower(publicKey);

    /// <summary>Reads a name; false where it is not that of a key which the node uses: other programs may keep theirs in the same folder.</summary>
    public static bool TryReadName(string name, [NotNullWhen(true)] out string? type, out byte[] publicKey)
    {
        publicKey = [];
        type = KeyTypes.All.FirstOrDefault(each => name.StartsWith(Convert.ToHexStringLower(Encoding.ASCII.GetBytes(each)), StringComparison.OrdinalIgnoreCase));
        if (type is null || name.Length != 2 * (TypeLength + PublicKeyLength)) return false;
        publicKey = new byte[PublicKeyLength];
        return Convert.FromHexString(name.AsSpan(2 * TypeLength), publicKey, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>The content for a secret.</summary>
    public static byte[] Write(string secretUri) => JsonSerializer.SerializeToUtf8Bytes(secretUri);

    /// <summary>A kept secret with the keystore's password, unless it names one of its own.</summary>
    /// <param name="secretUri">What is kept.</param>
    /// <param name="password">The password; null for none.</param>
    public static string Open(string secretUri, string? password) =>
        password is null || secretUri.Contains("///", StringComparison.Ordinal) ? secretUri : $"{secretUri}///{password}";

    /// <summary>Reads a file's content and adds the key to those of the node.</summary>
    /// <param name="content">The content. Any bytes give an answer.</param>
    /// <param name="type">The key's type, of <see cref="KeyTypes"/>.</param>
    /// <param name="publicKey">The public key that the name says.</param>
    /// <param name="password">The password of the secrets in the keystore; null for none.</param>
    /// <param name="keys">Receives the key.</param>
    public static KeyFileError Read(ReadOnlySpan<byte> content, string type, ReadOnlySpan<byte> publicKey, string? password, AuthorityKeys keys)
    {
        if (!TryReadText(content, out string? text)) return KeyFileError.NoJsonText;

        // Nothing would mean the phrase that everybody knows.
        if (text.Length == 0) return KeyFileError.BadSecret;
        if (SecretUri.TryParse(Open(text, password), out SecretUri uri) != SecretUriError.None) return KeyFileError.BadSecret;
        return type == KeyTypes.Aura ? ReadAura(uri, publicKey, keys) : ReadGrandpa(uri, publicKey, keys);
    }

    private static KeyFileError ReadAura(in SecretUri uri, ReadOnlySpan<byte> publicKey, AuthorityKeys keys)
    {
        Sr25519KeyPair pair = uri.DeriveSr25519();
        if (pair.PublicKey.SequenceEqual(publicKey))
        {
            keys.Add(pair);
            return KeyFileError.None;
        }

        pair.Dispose();
        return KeyFileError.OtherKey;
    }

    private static KeyFileError ReadGrandpa(in SecretUri uri, ReadOnlySpan<byte> publicKey, AuthorityKeys keys)
    {
        if (uri.TryDeriveEd25519(out Ed25519KeyPair? pair) != SecretUriError.None) return KeyFileError.BadSecret;
        if (pair!.PublicKey.SequenceEqual(publicKey))
        {
            keys.Add(pair);
            return KeyFileError.None;
        }

        pair.Dispose();
        return KeyFileError.OtherKey;
    }

    private static bool TryReadText(ReadOnlySpan<byte> content, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            Utf8JsonReader reader = new(content);
            if (!reader.Read() || reader.TokenType != JsonTokenType.String) return false;
            text = reader.GetString();
            return !reader.Read() && text is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for text that is no Unicode.
            return false;
        }
    }
}
