namespace Phala.Runtime.Pallets;

/// <summary>The parts of a fee in units of 10⁻¹² PHA.</summary>
/// <param name="Base">What every extrinsic costs.</param>
/// <param name="Length">For its bytes.</param>
/// <param name="Weight">For what it does.</param>
public readonly record struct FeeDetails(UInt128 Base, UInt128 Length, UInt128 Weight)
{
    /// <summary>The sum.</summary>
    public UInt128 Total => Base + Length + Weight;
}
