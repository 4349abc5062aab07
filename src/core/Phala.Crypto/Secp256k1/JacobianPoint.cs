namespace Phala.Crypto.Secp256k1;

/// <summary>
/// A point (X/Z², Y/Z³) in variable time, for verification alone. X and Z have magnitude 1, Y has 3 at most.
/// </summary>
internal readonly struct JacobianPoint(FieldElement x, FieldElement y, FieldElement z, bool infinity = false)
{
    /// <summary>X = x·Z².</summary>
    public readonly FieldElement X = x;

    /// <summary>Y = y·Z³.</summary>
    public readonly FieldElement Y = y;

    /// <summary>The denominator; anything for infinity.</summary>
    public readonly FieldElement Z = z;

    /// <summary>Whether this is the neutral element.</summary>
    public readonly bool IsInfinity = infinity;

    public static JacobianPoint Infinity => new(FieldElement.One, FieldElement.One, FieldElement.Zero, infinity: true);

    public static JacobianPoint From(in AffinePoint point) => new(point.X, point.Y, FieldElement.One);

    /// <summary>Twice the point. No point has order two, so that only infinity doubles to infinity.</summary>
    public JacobianPoint Double()
    {
        FieldElement slope = X.Square().Times(3).Half();
        FieldElement yy = Y.Square();
        FieldElement minusXyy = (X * yy).Negate(1);
        FieldElement x = (slope.Square() + minusXyy.Times(2)).Reduce();
        FieldElement y = ((slope * (x + minusXyy)) + yy.Square()).Negate(2);
        return new JacobianPoint(x, y, Y * Z, IsInfinity);
    }

    /// <summary>The sum with a point whose denominator is one.</summary>
    public JacobianPoint Add(in AffinePoint other)
    {
        if (IsInfinity) return From(other);
        FieldElement zz = Z.Square();
        return Add(X, Y, other.X * zz, other.Y * (zz * Z), Z);
    }

    /// <summary>The sum.</summary>
    public JacobianPoint Add(in JacobianPoint other)
    {
        if (IsInfinity) return other;
        if (other.IsInfinity) return this;
        FieldElement zz = Z.Square(), otherZz = other.Z.Square();
        return Add(X * otherZz, Y * (otherZz * other.Z), other.X * zz, other.Y * (zz * Z), Z * other.Z);
    }

    /// <summary>The sum of (x1, y1) and (x2, y2) over one denominator. y1 has magnitude 3 at most, all else 1.</summary>
    private static JacobianPoint Add(in FieldElement x1, in FieldElement y1, in FieldElement x2, in FieldElement y2, in FieldElement z)
    {
        FieldElement h = x2 + x1.Negate(1), r = y2 + y1.Negate(3);
        if (h.IsZero()) return r.IsZero() ? new JacobianPoint(x1, y1, z).Double() : Infinity;

        FieldElement hh = h.Square(), hhh = hh * h, v = x1 * hh;
        FieldElement x = (r.Square() + (hhh + v.Times(2)).Negate(3)).Reduce();
        FieldElement y = (r * (v + x.Negate(1))) + (y1 * hhh).Negate(1);
        return new JacobianPoint(x, y, z * h);
    }

    /// <summary>The point with Y negated.</summary>
    public JacobianPoint Negate() => new(X, Y.Negate(3).Reduce(), Z, IsInfinity);

    /// <summary>The coordinates; false for infinity.</summary>
    public bool TryGetAffine(out AffinePoint point)
    {
        FieldElement inverse = Z.Invert(), square = inverse.Square();
        point = new AffinePoint(X * square, Y * (square * inverse));
        return !IsInfinity;
    }
}
