using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>A number with 18 decimals.</summary>
/// <param name="Inner">The number times 10¹⁸.</param>
[Scale("sp_arithmetic::fixed_point::FixedU128", Unnamed = true)]
public readonly partial record struct FixedU128(UInt128 Inner)
{
    /// <summary>One.</summary>
    public static FixedU128 One => new(1_000_000_000_000_000_000);
}
