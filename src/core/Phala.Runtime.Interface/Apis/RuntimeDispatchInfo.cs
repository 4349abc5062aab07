using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Interface.Apis;

/// <summary>What an extrinsic weighs and costs.</summary>
/// <param name="Weight">The weight of its call.</param>
/// <param name="Class">The share of the block it takes.</param>
/// <param name="PartialFee">The fee without a tip in units of 10⁻¹² PHA.</param>
[Scale("pallet_transaction_payment::types::RuntimeDispatchInfo")]
public readonly partial record struct RuntimeDispatchInfo(Weight Weight, DispatchClass Class, UInt128 PartialFee);
