namespace Phala.Tests.Crypto;

/// <summary>Bytes for tests: equal seeds give equal bytes.</summary>
internal static class TestBytes
{
    public static byte[] Random(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Hexadecimal for the scripts of tests/node, in which nothing is a dash.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "-" : Convert.ToHexStringLower(bytes);
}
