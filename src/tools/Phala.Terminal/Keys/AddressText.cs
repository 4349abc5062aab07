using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Terminal.Keys;

/// <summary>Accounts as people write them: SS58 addresses, or public keys in hexadecimal.</summary>
public static class AddressText
{
    /// <summary>Reads an account from an address of any network or from hexadecimal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="account">The account identifier, 32 bytes.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string text, out byte[] account)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal)) return TryReadHexadecimal(text, out account);
        account = new byte[Ss58.MaxAccountLength];
        Ss58Error error = Ss58.TryDecode(text, account, out int length, out _);
        account = account[..length];
        if (error != Ss58Error.None) return Explain(error);
        return length == 32 ? null : "The address is not that of a 32-byte account.";
    }

    /// <summary>Reads a public key in hexadecimal: 32 bytes, or the 33 of an ecdsa key, whose account is its hash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="account">The account identifier, 32 bytes.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryReadHexadecimal(string text, out byte[] account)
    {
        if (!HexText.TryRead(text, out account) || account.Length is not (32 or 33)) return "A public key is 32 bytes in hexadecimal, or 33 for ecdsa.";
        if (account.Length == 32) return null;
        if (Secp256k1PublicKey.TryDecode(account, out Secp256k1PublicKey key) != Secp256k1PublicKeyError.None) return "The 33 bytes are no compressed ecdsa key.";
        account = new byte[SubstrateEcdsa.AccountLength];
        SubstrateEcdsa.WriteAccount(key, account);
        return null;
    }

    /// <summary>An address's defect in words.</summary>
    public static string Explain(Ss58Error error) => "This is no SS58 address: " + error switch
    {
        Ss58Error.BadBase58 => "it has a character that addresses do not use.",
        Ss58Error.BadLength => "its length is wrong; a part may be missing.",
        Ss58Error.BadChecksum => "its checksum does not fit; look for a typing error.",
        Ss58Error.ReservedPrefix => "its network prefix is reserved.",
        _ => "its network prefix is written in an unusual form.",
    };
}
