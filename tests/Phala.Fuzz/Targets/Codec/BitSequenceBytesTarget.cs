using System.Buffers.Binary;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>
/// Bytes as a bit sequence. The first byte tells how many bits of the rest's last byte are left out, or that the next four are the length; past the outermost
/// check is what has as many bytes as its length asks for.
/// </summary>
public sealed class BitSequenceBytesTarget : FuzzTarget
{
    private const string WrongLength = "WrongLength", NonZeroPadding = "NonZeroPadding";
    private const byte LengthFollows = 0xC0;

    /// <inheritdoc/>
    public override string Name => "bit-sequence-bytes";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0, .. Enumerable.Repeat((byte)0xA5, 30)], [3, .. Enumerable.Repeat((byte)0x1F, 30)], [5, 0xFF, 0x07], [0],
        [LengthFollows, 12, 0, 0, 0, 0xFF, 0x0F], [LengthFollows, 0xFF, 0xFF, 0xFF, 0xFF], [LengthFollows, 0xFF, 0xFF, 0xFF, 0x7F, 1],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [WrongLength, NonZeroPadding];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 256 + (2L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        bool follows = input.Length > 4 && input[0] >= LengthFollows;
        ReadOnlySpan<byte> bytes = input.AsSpan(follows ? 5 : Math.Min(1, input.Length));
        int length = follows ? BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(1)) : (8 * bytes.Length) - (input.Length == 0 ? 0 : input[0] % 8);

        bool isLength = length >= 0 && (length + 7L) / 8 == bytes.Length;
        bool isPadded = isLength && (length % 8 == 0 || bytes[^1] < 1 << (length % 8));
        bool accepted = BitSequence.TryFromBytes(bytes, length, out BitSequence bits);
        if (accepted != isPadded) throw new InvalidOperationException($"{length} bits in {bytes.Length} bytes: accepted is {accepted}");
        if (accepted && !(bits.Length == length && bits.AsBytes().SequenceEqual(bytes))) throw new InvalidOperationException("the bits have other bytes");
        return new FuzzOutcome(isLength, accepted ? null : isLength ? NonZeroPadding : WrongLength);
    }
}
