using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// Decodes many points, four roots at a time where the processor can: the same verdicts and points as one by one, in about half the time.
/// The verdicts are revealed; the time depends on nothing else.
/// </summary>
internal static class BatchDecoding
{
    private const int Chunk = 4;

    /// <summary>
    /// ZIP-215 decompression of <paramref name="points"/>.Length encodings of 32 bytes. Each verdict goes to <paramref name="valid"/>, an invalid point is the
    /// identity; true if all are valid.
    /// </summary>
    internal static bool TryDecompress(ReadOnlySpan<byte> encodings, Span<EdwardsPoint> points, Span<bool> valid)
    {
        bool all = true;
        for (int first = 0; first < points.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, points.Length - first);
            ReadOnlySpan<byte> own = encodings.Slice(EdwardsPoint.CompressedSize * first, EdwardsPoint.CompressedSize * count);
            all &= DecompressChunk(own, points.Slice(first, count), valid.Slice(first, count));
        }

        return all;
    }

    /// <summary>As <see cref="TryDecompress"/>, for encodings of ristretto255 elements; the points represent them.</summary>
    internal static bool TryDecodeRistretto(ReadOnlySpan<byte> encodings, Span<EdwardsPoint> points, Span<bool> valid)
    {
        bool all = true;
        for (int first = 0; first < points.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, points.Length - first);
            ReadOnlySpan<byte> own = encodings.Slice(RistrettoPoint.Size * first, RistrettoPoint.Size * count);
            all &= DecodeRistrettoChunk(own, points.Slice(first, count), valid.Slice(first, count));
        }

        return all;
    }

    private static bool DecompressChunk(ReadOnlySpan<byte> encodings, Span<EdwardsPoint> points, Span<bool> valid)
    {
        Span<EdwardsRadicand> radicands = stackalloc EdwardsRadicand[Chunk];
        Span<FieldElement> powers = stackalloc FieldElement[Chunk];
        for (int i = 0; i < points.Length; i++)
        {
            radicands[i] = new EdwardsRadicand(encodings.Slice(EdwardsPoint.CompressedSize * i, EdwardsPoint.CompressedSize));
            powers[i] = FieldRoots.PowerBase(radicands[i].U, radicands[i].V);
        }

        Pow22523(powers[..points.Length]);
        bool all = true;
        for (int i = 0; i < points.Length; i++) all &= valid[i] = radicands[i].TryFinish(powers[i], out points[i]);
        return all;
    }

    private static bool DecodeRistrettoChunk(ReadOnlySpan<byte> encodings, Span<EdwardsPoint> points, Span<bool> valid)
    {
        Span<RistrettoRadicand> radicands = stackalloc RistrettoRadicand[Chunk];
        Span<FieldElement> powers = stackalloc FieldElement[Chunk];
        for (int i = 0; i < points.Length; i++)
        {
            radicands[i] = new RistrettoRadicand(encodings.Slice(RistrettoPoint.Size * i, RistrettoPoint.Size));
            powers[i] = FieldRoots.PowerBase(FieldElement.One, radicands[i].Denominator);
        }

        Pow22523(powers[..points.Length]);
        bool all = true;
        for (int i = 0; i < points.Length; i++) all &= valid[i] = radicands[i].TryFinish(powers[i], out points[i]);
        return all;
    }

    /// <summary>All of up to four values to the power (p − 5)/8; one or two cost no more one by one.</summary>
    private static void Pow22523(Span<FieldElement> values)
    {
        if (values.Length < 3 || !FourLaneArithmetic.IsSupported)
        {
            for (int i = 0; i < values.Length; i++) values[i] = FieldRoots.Pow22523(values[i]);
            return;
        }

        FieldElement4 powers = FieldRoots4.Pow22523(FieldElement4.Pack(values[0], values[1], values[2], values.Length == Chunk ? values[3] : default));
        for (int i = 0; i < values.Length; i++) values[i] = powers.Lane(i);
    }
}
