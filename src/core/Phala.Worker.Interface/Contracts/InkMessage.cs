using Phala.Crypto.Hashing;

namespace Phala.Worker.Interface.Contracts;

/// <summary>Inputs in the form of ink!: a selector, and the arguments' SCALE encodings.</summary>
public static class InkMessage
{
    /// <summary>The length of a selector in bytes.</summary>
    public const int SelectorLength = 4;

    /// <summary>The selector of a message or constructor that names none of its own: the beginning of the BLAKE2b-256 hash of its label.</summary>
    /// <param name="label">The label in UTF-8: <c>transfer</c>, or <c>PSP22::transfer</c> for a trait's.</param>
    /// <param name="selector">Where it goes.</param>
    public static void Selector(ReadOnlySpan<byte> label, Span<byte> selector)
    {
        Span<byte> hash = stackalloc byte[32];
        Blake2b.Hash256(label, hash);
        hash[..SelectorLength].CopyTo(selector);
    }

    /// <summary>An input.</summary>
    /// <param name="label">The label in UTF-8.</param>
    /// <param name="arguments">The arguments, each encoded.</param>
    public static byte[] Of(ReadOnlySpan<byte> label, params ReadOnlySpan<byte[]> arguments)
    {
        int length = SelectorLength;
        foreach (byte[] argument in arguments) length += argument.Length;
        byte[] message = new byte[length];
        Selector(label, message);
        int at = SelectorLength;
        foreach (byte[] argument in arguments)
        {
            argument.CopyTo(message, at);
            at += argument.Length;
        }

        return message;
    }
}
