using System.Text;

namespace Phala.Contracts.Analyzers;

/// <summary>BLAKE2b with 32 bytes (RFC 7693), for selectors, keys of storage and topics. The compiler loads generators alone, so they can't use the library's.</summary>
internal static class Blake2b
{
    private const int Block = 128;

    private static readonly ulong[] Initial =
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    private static readonly string[] Order =
    [
        "0123456789ABCDEF", "EA489FD61C02B753", "B8C052FDAE367194", "7931DCBE265A40F8", "905724AFE1BC683D", "2C6A0B834D75FE19", "C51FED4A0763928B", "DB7EC13950F4862A", "6FE9B308C2D714A5", "A2847615FB9E3CD0",
    ];

    /// <summary>The first four bytes of the hash, the first of them highest: a selector.</summary>
    internal static uint Selector(string label)
    {
        byte[] hash = Hash(label);
        return ((uint)hash[0] << 24) | ((uint)hash[1] << 16) | ((uint)hash[2] << 8) | hash[3];
    }

    /// <summary>The hash of a text in UTF-8.</summary>
    internal static byte[] Hash(string text)
    {
        byte[] message = Encoding.UTF8.GetBytes(text);
        ulong[] state = (ulong[])Initial.Clone();
        state[0] ^= 0x01010020;
        int at = 0;
        for (; message.Length - at > Block; at += Block) Compress(state, message, at, Block, (ulong)(at + Block), isLast: false);
        Compress(state, message, at, message.Length - at, (ulong)message.Length, isLast: true);
        return [.. state.Take(4).SelectMany(BitConverter.GetBytes)];
    }

    private static void Compress(ulong[] state, byte[] message, int at, int length, ulong counter, bool isLast)
    {
        byte[] block = new byte[Block];
        Array.Copy(message, at, block, 0, length);
        ulong[] words = [.. Enumerable.Range(0, 16).Select(index => BitConverter.ToUInt64(block, 8 * index))];
        ulong[] v = [.. state, .. Initial];
        v[12] ^= counter;
        if (isLast) v[14] = ~v[14];
        for (int round = 0; round < 12; round++)
        {
            string order = Order[round % 10];
            for (int index = 0; index < 8; index++)
            {
                int a = index % 4, turn = index / 4;
                Mix(v, [a, 4 + ((a + turn) % 4), 8 + ((a + (2 * turn)) % 4), 12 + ((a + (3 * turn)) % 4)], words[Digit(order[2 * index])], words[Digit(order[(2 * index) + 1])]);
            }
        }

        for (int index = 0; index < 8; index++) state[index] ^= v[index] ^ v[index + 8];
    }

    private static void Mix(ulong[] v, int[] at, ulong first, ulong second)
    {
        (int a, int b, int c, int d) = (at[0], at[1], at[2], at[3]);
        v[a] += v[b] + first;
        v[d] = Rotate(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = Rotate(v[b] ^ v[c], 24);
        v[a] += v[b] + second;
        v[d] = Rotate(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Rotate(v[b] ^ v[c], 63);
    }

    private static ulong Rotate(ulong value, int bits) => (value >> bits) | (value << (64 - bits));

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'A' + 10;
}
