using System.Text;

namespace Phala.Terminal.Keys;

/// <summary>The bytes to sign or verify.</summary>
public static class MessageInput
{
    /// <summary>Reads a message: UTF-8 text or hexadecimal from the command line, or all of standard input in place of '-'.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="isHex">Whether it is hexadecimal.</param>
    /// <param name="message">The bytes.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string text, bool isHex, out byte[] message)
    {
        if (text == "-")
        {
            using MemoryStream all = new();
            using Stream input = Console.OpenStandardInput();
            input.CopyTo(all);
            message = all.ToArray();
            if (!isHex) return null;
            text = Encoding.UTF8.GetString(message).Trim();
        }

        message = Encoding.UTF8.GetBytes(text);
        if (!isHex || HexText.TryRead(text, out message)) return null;
        return "The message is not hexadecimal: give an even number of digits, with or without 0x.";
    }
}
