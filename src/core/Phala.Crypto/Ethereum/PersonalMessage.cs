using System.Buffers.Text;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Ethereum;

/// <summary>The hash that Ethereum's wallets sign for <c>personal_sign</c> (EIP-191, version 0x45): text put before the message keeps it from being a transaction.</summary>
public static class PersonalMessage
{
    /// <summary>Keccak-256 of 0x19 ‖ "Ethereum Signed Message:\n" ‖ the message's length in decimal digits ‖ the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hash">Receives 32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat(message.Length, digits, out int written);
        Keccak256 state = default;
        state.Append("\u0019Ethereum Signed Message:\n"u8);
        state.Append(digits[..written]);
        state.Append(message);
        state.Finish(hash);
    }
}
