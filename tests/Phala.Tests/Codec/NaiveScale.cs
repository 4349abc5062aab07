using System.Numerics;

namespace Phala.Tests.Codec;

/// <summary>A second, slow and obvious implementation of SCALE's building blocks, on big integers and lists of bytes.</summary>
internal static class NaiveScale
{
    internal static byte[] Fixed(BigInteger value, int length)
    {
        byte[] bytes = new byte[length];
        BigInteger rest = value.Sign < 0 ? value + (BigInteger.One << (8 * length)) : value;
        for (int at = 0; at < length; at++, rest >>= 8) bytes[at] = (byte)(rest & 255);
        return bytes;
    }

    internal static byte[] Compact(BigInteger value)
    {
        if (value < 64) return Fixed(value * 4, 1);
        if (value < 16_384) return Fixed(value * 4 + 1, 2);
        if (value < 1_073_741_824) return Fixed(value * 4 + 2, 4);
        int following = 4;
        while (value >= BigInteger.Pow(256, following)) following++;
        return [(byte)((following - 4) * 4 + 3), .. Fixed(value, following)];
    }

    internal static byte[] Vec(params IEnumerable<byte[]> elements)
    {
        byte[][] all = [.. elements];
        return [.. Compact(all.Length), .. all.SelectMany(element => element)];
    }

    internal static byte[] Bytes(byte[] bytes) => [.. Compact(bytes.Length), .. bytes];

    internal static byte[] Text(string text) => Bytes(System.Text.Encoding.UTF8.GetBytes(text));

    internal static byte[] Option(byte[]? some) => some is null ? [0] : [1, .. some];

    internal static byte[] Concat(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
