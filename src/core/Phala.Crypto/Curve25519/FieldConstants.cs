namespace Phala.Crypto.Curve25519;

/// <summary>The constants of edwards25519 (RFC 8032 §5.1) and ristretto255 (RFC 9496 §4.1) as field elements.</summary>
internal static class FieldConstants
{
    /// <summary>The square root of −1 that is even.</summary>
    internal static readonly FieldElement SqrtMinusOne = new(0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d);

    /// <summary>d = −121665/121666, the curve's parameter.</summary>
    internal static readonly FieldElement D = new(0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff);

    /// <summary>2 d.</summary>
    internal static readonly FieldElement D2 = new(0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff);

    /// <summary>√(a d − 1), a = −1: the odd one of both roots.</summary>
    internal static readonly FieldElement SqrtADMinusOne = new(0x7f6a0497b2e1b, 0x1836f0a97afd2, 0x7d747f6be7638, 0x456079e7e6498, 0x376931bf2b834);

    /// <summary>1/√(a − d).</summary>
    internal static readonly FieldElement InvSqrtAMinusD = new(0x0fdaa805d40ea, 0x2eb482e57d339, 0x007610274bc58, 0x6510b613dc8ff, 0x786c8905cfaff);

    /// <summary>1 − d².</summary>
    internal static readonly FieldElement OneMinusDSquared = new(0x409c1945fc176, 0x719abc6a1fc4f, 0x1c37f90b20684, 0x06bccca55eedf, 0x029072a8b2b3e);

    /// <summary>(d − 1)².</summary>
    internal static readonly FieldElement DMinusOneSquared = new(0x55aaa44ed4d20, 0x59603c3332635, 0x26d3baf4a7928, 0x120a66e6997a9, 0x5968b37af66c2);

    /// <summary>The base point's x.</summary>
    internal static readonly FieldElement BaseX = new(0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5);

    /// <summary>The base point's y, 4/5.</summary>
    internal static readonly FieldElement BaseY = new(0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666);

    /// <summary>The base point's x y.</summary>
    internal static readonly FieldElement BaseT = new(0x68ab3a5b7dda3, 0x00eea2a5eadbb, 0x2af8df483c27e, 0x332b375274732, 0x67875f0fd78b7);
}
