using System.Buffers;

namespace Phala.Terminal.Keys;

/// <summary>Bytes in hexadecimal, with or without 0x.</summary>
public static class HexText
{
    /// <summary>Reads them; false for any other text.</summary>
    public static bool TryRead(string text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
    }
}
