using System.Numerics;

namespace Phala.Tests.Crypto.Hashing;

/// <summary>BLAKE2b read straight off RFC 7693, §3.3 in particular: the second implementation that the fast ones are compared with.</summary>
internal static class NaiveBlake2b
{
    private static readonly int[][] Sigma =
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    ];

    public static byte[] Hash(byte[] message, int length, byte[]? key = null)
    {
        key ??= [];
        byte[] data = key.Length == 0 ? message : [.. key, .. new byte[128 - key.Length], .. message];
        ulong[] h = SquareRootFractions();
        h[0] ^= 0x01010000UL ^ ((ulong)key.Length << 8) ^ (ulong)length;
        int blocks = Math.Max(1, (data.Length + 127) / 128);
        for (int block = 0; block < blocks; block++)
        {
            byte[] padded = new byte[128];
            int taken = Math.Min(128, data.Length - (128 * block));
            Array.Copy(data, 128 * block, padded, 0, taken);
            Compress(h, padded, (128 * block) + taken, last: block == blocks - 1);
        }

        return [.. h.SelectMany(BitConverter.GetBytes).Take(length)];
    }

    private static void Compress(ulong[] h, byte[] block, int counter, bool last)
    {
        ulong[] m = [.. Enumerable.Range(0, 16).Select(word => BitConverter.ToUInt64(block, 8 * word))];
        ulong[] v = [.. h, .. SquareRootFractions()];
        v[12] ^= (ulong)counter;
        if (last) v[14] = ~v[14];
        for (int round = 0; round < 12; round++)
        {
            int[] s = Sigma[round % 10];
            for (int column = 0; column < 4; column++) Mix(v, column, column + 4, column + 8, column + 12, m[s[2 * column]], m[s[(2 * column) + 1]]);
            for (int diagonal = 0; diagonal < 4; diagonal++)
            {
                Mix(v, diagonal, 4 + ((diagonal + 1) % 4), 8 + ((diagonal + 2) % 4), 12 + ((diagonal + 3) % 4), m[s[8 + (2 * diagonal)]], m[s[9 + (2 * diagonal)]]);
            }
        }

        for (int word = 0; word < 8; word++) h[word] ^= v[word] ^ v[word + 8];
    }

    private static void Mix(ulong[] v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }

    /// <summary>The first 64 bits of the fractional parts of the square roots of the first eight primes, computed rather than copied.</summary>
    private static ulong[] SquareRootFractions() => [.. new[] { 2, 3, 5, 7, 11, 13, 17, 19 }.Select(prime => (ulong)(SquareRoot((BigInteger)prime << 128) & ulong.MaxValue))];

    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
