namespace Phala.Crypto.Curve25519;

/// <summary>ZIP-215 decompression up to its root: x² = u/v with u = y² − 1, v = d y² + 1. Constant time, but for the verdict.</summary>
internal readonly struct EdwardsRadicand
{
    internal readonly FieldElement U, V;

    private readonly FieldElement _y;

    private readonly ulong _signMask;

    internal EdwardsRadicand(ReadOnlySpan<byte> bytes)
    {
        _y = FieldElement.FromBytes(bytes);
        _signMask = 0UL - (ulong)(bytes[31] >> 7);
        FieldElement yy = _y.Square();
        U = yy - FieldElement.One;
        V = (yy * FieldConstants.D) + FieldElement.One;
    }

    /// <summary>The point, from (u v^7)^((p − 5)/8); false, and the identity, if u/v is no square. A root of zero has no sign to fail on.</summary>
    internal bool TryFinish(in FieldElement power, out EdwardsPoint point)
    {
        ulong isSquare = FieldRoots.SelectRoot(U, V, power, out FieldElement root);
        FieldElement x = FieldElement.ConditionalNegate(_signMask, root);
        point = EdwardsPoint.Select(isSquare, EdwardsPoint.Identity, new EdwardsPoint(x, _y, FieldElement.One, x * _y));
        return isSquare != 0;
    }
}
