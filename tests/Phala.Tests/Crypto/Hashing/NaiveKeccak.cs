namespace Phala.Tests.Crypto.Hashing;

/// <summary>Keccak-f[1600] and the sponge written step by step from FIPS 202 §3.2 with loops over coordinates, as slow as it is plain.</summary>
internal static class NaiveKeccak
{
    /// <summary>All 24 rounds on lanes at x + 5y.</summary>
    public static void Permute(ulong[] lanes)
    {
        int lfsr = 1;
        for (int round = 0; round < 24; round++)
        {
            Theta(lanes);
            RhoPi(lanes);
            Chi(lanes);
            for (int j = 0; j < 7; j++)
            {
                if ((lfsr & 1) != 0) lanes[0] ^= 1UL << ((1 << j) - 1);
                lfsr = (lfsr << 1) ^ ((lfsr >> 7) * 0x171);
            }
        }
    }

    /// <summary>Absorbs with the given rate and padding byte and squeezes 32 bytes.</summary>
    public static byte[] Sponge(byte[] message, int rate, byte padding)
    {
        byte[] padded = new byte[((message.Length / rate) + 1) * rate];
        message.CopyTo(padded, 0);
        padded[message.Length] ^= padding;
        padded[^1] ^= 0x80;
        ulong[] lanes = new ulong[25];
        for (int block = 0; block < padded.Length; block += rate)
        {
            for (int at = 0; at < rate; at++) lanes[at / 8] ^= (ulong)padded[block + at] << (8 * (at % 8));
            Permute(lanes);
        }

        byte[] digest = new byte[32];
        for (int at = 0; at < digest.Length; at++) digest[at] = (byte)(lanes[at / 8] >> (8 * (at % 8)));
        return digest;
    }

    private static void Theta(ulong[] lanes)
    {
        ulong[] columns = new ulong[5];
        for (int at = 0; at < 25; at++) columns[at % 5] ^= lanes[at];
        for (int at = 0; at < 25; at++) lanes[at] ^= columns[(at + 4) % 5] ^ ulong.RotateLeft(columns[(at + 1) % 5], 1);
    }

    private static void RhoPi(ulong[] lanes)
    {
        int x = 1, y = 0;
        ulong moving = lanes[1];
        for (int step = 0; step < 24; step++)
        {
            (x, y) = (y, ((2 * x) + (3 * y)) % 5);
            (lanes[x + (5 * y)], moving) = (ulong.RotateLeft(moving, (step + 1) * (step + 2) / 2 % 64), lanes[x + (5 * y)]);
        }
    }

    private static void Chi(ulong[] lanes)
    {
        for (int y = 0; y < 25; y += 5)
        {
            ulong[] row = lanes[y..(y + 5)];
            for (int x = 0; x < 5; x++) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
    }
}
