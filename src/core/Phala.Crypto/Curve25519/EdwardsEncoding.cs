namespace Phala.Crypto.Curve25519;

/// <summary>Compressed points of edwards25519: y and the sign of x (RFC 8032 §5.1.2), read with ZIP-215's rules or strictly.</summary>
internal static class EdwardsEncoding
{
    internal static void Compress(in EdwardsPoint point, Span<byte> destination) => Compress(point, FieldRoots.Invert(point.Z), destination);

    /// <summary>As <see cref="Compress(in EdwardsPoint, Span{byte})"/>, with 1/Z already known.</summary>
    internal static void Compress(in EdwardsPoint point, in FieldElement inverseZ, Span<byte> destination)
    {
        FieldElement x = point.X * inverseZ;
        FieldElement y = point.Y * inverseZ;
        y.ToBytes(destination);
        destination[31] |= (byte)(x.IsNegativeMask() & 0x80);
    }

    internal static bool TryDecompress(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        EdwardsRadicand radicand = new(bytes);
        return radicand.TryFinish(FieldRoots.Pow22523(FieldRoots.PowerBase(radicand.U, radicand.V)), out point);
    }

    internal static bool TryDecompressStrict(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        Span<byte> again = stackalloc byte[EdwardsPoint.CompressedSize];
        bool decoded = TryDecompress(bytes, out EdwardsPoint read);

        // Z is 1, so this is cheap; a non-canonical y and the sign of x = 0 do not come back as they went in.
        Compress(read, FieldElement.One, again);
        bool isStrict = decoded && ConstantTime.AreEqual(again, bytes[..EdwardsPoint.CompressedSize]);
        point = isStrict ? read : EdwardsPoint.Identity;
        return isStrict;
    }
}
