using System.Buffers.Binary;

namespace Phala.Testing;

/// <summary>
/// Makes hostile inputs out of valid ones: mostly small damage, so that many mutants get past the first check and meet the deeper ones.
/// Equal seeds give equal inputs.
/// </summary>
public sealed class Mutator(int seed)
{
    private static readonly byte[] Edges = [0x00, 0x01, 0x02, 0x03, 0x3F, 0x40, 0x7F, 0x80, 0xFC, 0xFD, 0xFE, 0xFF];

    private readonly Random _random = new(seed);

    /// <summary>The next input: a mutant of a corpus entry nine times out of ten, random bytes otherwise.</summary>
    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        if (corpus.Count == 0 || _random.Next(10) == 0) return RandomBytes(_random.Next(200));

        byte[] input = corpus[_random.Next(corpus.Count)].ToArray();
        int rounds = 1 + _random.Next(3);
        for (int round = 0; round < rounds; round++) input = Mutate(input, corpus);
        return input;
    }

    private byte[] Mutate(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        if (input.Length == 0) return RandomBytes(1 + _random.Next(8));
        int at = _random.Next(input.Length);
        switch (_random.Next(9))
        {
            case 0:
                input[at] ^= (byte)(1 << _random.Next(8));
                return input;
            case 1:
                input[at] = (byte)_random.Next(256);
                return input;
            case 2:
                input[at] = Edges[_random.Next(Edges.Length)];
                return input;
            case 3:
                return input[..at];
            case 4:
                return [.. input[..at], .. RandomBytes(1 + _random.Next(8)), .. input[at..]];
            case 5:
                return [.. input[..at], .. input[Math.Min(input.Length, at + 1 + _random.Next(8))..]];
            case 6:
                return [.. input, .. RandomBytes(1 + _random.Next(8))];
            case 7:
                byte[] other = corpus[_random.Next(corpus.Count)];
                return [.. input[..at], .. other[_random.Next(other.Length + 1)..]];
            default:
                if (input.Length < 4) return input;
                BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(Math.Min(at, input.Length - 4)), unchecked((uint)_random.Next(int.MinValue, int.MaxValue)));
                return input;
        }
    }

    private byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
