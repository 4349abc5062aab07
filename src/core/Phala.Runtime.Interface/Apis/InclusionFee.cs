using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>What being in a block costs, in units of 10⁻¹² PHA.</summary>
/// <param name="BaseFee">For being an extrinsic.</param>
/// <param name="LenFee">For its bytes.</param>
/// <param name="AdjustedWeightFee">For the weight of its call.</param>
[Scale("pallet_transaction_payment::types::InclusionFee")]
public readonly partial record struct InclusionFee(UInt128 BaseFee, UInt128 LenFee, UInt128 AdjustedWeightFee)
{
    /// <summary>The sum.</summary>
    public UInt128 Total => BaseFee + LenFee + AdjustedWeightFee;
}
