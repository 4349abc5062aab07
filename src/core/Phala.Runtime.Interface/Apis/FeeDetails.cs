using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>What the fee of an extrinsic consists of, in units of 10⁻¹² PHA.</summary>
/// <param name="InclusionFee">What being in a block costs; nothing for extrinsics that cost nothing.</param>
/// <param name="Tip">What is paid above.</param>
[Scale("pallet_transaction_payment::types::FeeDetails")]
public readonly partial record struct FeeDetails(Option<InclusionFee> InclusionFee, UInt128 Tip);
