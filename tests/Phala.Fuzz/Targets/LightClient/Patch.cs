using System.Buffers.Binary;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Inputs that choose a prepared case and change some of its bytes: one byte for the case, then places of two bytes and what is flipped there.</summary>
internal static class Patch
{
    private const int Length = 3, Most = 4;

    /// <summary>Which case.</summary>
    public static int Choice(byte[] input, int cases) => input.Length == 0 ? 0 : input[0] % cases;

    /// <summary>Inputs that choose each case and change nothing.</summary>
    public static byte[][] Corpus(int cases) => [.. Enumerable.Range(0, cases).Select(index => new[] { (byte)index })];

    /// <summary>The bytes as the input changes them.</summary>
    public static byte[] Apply(byte[] bytes, byte[] input)
    {
        byte[] patched = bytes.ToArray();
        for (int at = 1; at + Length <= input.Length && at < Length * Most && patched.Length > 0; at += Length)
        {
            patched[BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(at)) % patched.Length] ^= input[at + 2];
        }

        return patched;
    }
}
